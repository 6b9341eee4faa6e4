"""Practising: what a learner has answered, what they master, and what comes next."""

PRACTICE, RESULTS = "practice", "results"
"""The keys under which its pages are opened."""

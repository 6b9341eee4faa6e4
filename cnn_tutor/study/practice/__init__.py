"""Practising: what a learner has answered, what they master, and what comes next."""

"""The keys under which the pages of practice are opened."""

PRACTICE, RESULTS = "practice", "results"

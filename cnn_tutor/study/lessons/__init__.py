"""Lessons: what they say, what they open, what they ask for, and how far a learner has come."""

"""Grading of answers, and which mistakes they look like."""

"""The exam: its questions, its clock, and what came of it."""

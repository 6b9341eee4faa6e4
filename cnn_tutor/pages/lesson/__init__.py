"""The lesson over a board: its steps, questions and what they point at."""

"""The command line, the start-up, and what it does without a window."""

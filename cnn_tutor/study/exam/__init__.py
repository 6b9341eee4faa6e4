"""The exam: questions about everything, a clock, no hints, and what came of it."""

EXAM = "exam"
"""The key of its page; on a worksheet it stands in the place of a skill."""

COUNT, MINUTES = 20, 40
"""Questions of an exam, and the time that there is for them."""

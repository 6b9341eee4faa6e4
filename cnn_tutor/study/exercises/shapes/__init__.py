"""The shapes of exercise, one a file; each is an ``ExerciseShape``."""

"""Exercises: what can be asked, and making them up from seeds."""

from cnn_tutor.study.exercise import Blank, Exercise
from cnn_tutor.study.exercises.generator import generate, kinds, shapes

__all__ = ["Blank", "Exercise", "generate", "kinds", "shapes"]

"""Exercises on paper: how they are laid out and painted for the printer."""

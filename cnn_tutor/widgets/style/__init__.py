"""Colours, icons, rich text and legends."""

"""Chapters: what the chapter list opens."""

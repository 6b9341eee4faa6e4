"""Autosave: work that is in no file yet is kept, and restored at the next start."""

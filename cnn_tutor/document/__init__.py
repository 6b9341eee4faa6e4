"""The open project as a Qt object: its undo stack, its file, what is looked at. No widgets."""

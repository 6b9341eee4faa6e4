"""What the program can open a board on: presets, tensors, views."""

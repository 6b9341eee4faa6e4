"""Grids of numbers: tensors, products, matrices."""

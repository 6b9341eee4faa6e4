"""A layer as one product of matrices."""

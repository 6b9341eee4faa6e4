"""A layer as cells: input, kernel, output, and how one output cell is worked out."""

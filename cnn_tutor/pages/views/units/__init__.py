"""A layer as units and their connections."""

"""Boards made of the parts in ``widgets``; one generic board serves every kind of layer."""

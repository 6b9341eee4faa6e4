"""The ways to look at a layer, one tab each."""

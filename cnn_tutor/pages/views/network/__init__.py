"""The whole network, with receptive fields."""

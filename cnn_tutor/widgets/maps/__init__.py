"""The picture of a network: its feature maps."""

"""CNN Tutor: learn convolutional neural networks by computing them."""

__version__ = "0.1.0"

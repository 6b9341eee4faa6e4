"""What a network computes, and why: NumPy only, readable in one sitting."""

from cnn_tutor.engine import _openblas

_openblas.hint()  # before the first module here imports NumPy

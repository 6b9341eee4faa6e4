"""What a network computes, and why: NumPy only, readable in one sitting."""

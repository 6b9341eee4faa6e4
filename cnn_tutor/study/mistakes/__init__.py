"""The mistakes that learners make, and the numbers that each of them leads to."""

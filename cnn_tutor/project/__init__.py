"""What is open, as one frozen value, and the file it is kept in. No Qt."""

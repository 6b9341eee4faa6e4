"""The user's settings and the file that they are kept in."""

"""Units as circles, joined by lines."""

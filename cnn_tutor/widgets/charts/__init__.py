"""Charts and curves."""

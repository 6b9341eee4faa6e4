"""Programs that print how fast CNN Tutor is; none of them is a test."""

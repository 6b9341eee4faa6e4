"""What the tutor says and shows: words, formulas, presets. No Qt."""

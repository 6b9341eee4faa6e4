"""Pictures of boards and formulas, for books, slides and papers."""

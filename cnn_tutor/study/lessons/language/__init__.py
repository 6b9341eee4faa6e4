"""What a lesson file can say: scenes, subjects, targets, conditions, assignments."""

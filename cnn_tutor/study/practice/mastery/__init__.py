"""What of an exam is mastered and due, worked out from the answers alone."""

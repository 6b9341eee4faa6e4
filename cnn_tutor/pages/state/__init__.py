"""What the page of a board shows, without widgets."""

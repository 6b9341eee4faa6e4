"""What stands around a board: inspector, settings, code, the row of layers."""

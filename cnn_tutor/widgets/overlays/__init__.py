"""What floats over its neighbours: connectors, notices, frames."""

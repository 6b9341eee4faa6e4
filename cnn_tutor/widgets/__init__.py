"""The parts that boards are made of: grids of cells, the step player, forms, connecting lines."""

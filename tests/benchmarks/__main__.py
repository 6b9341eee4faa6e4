"""Prints all tables: ``python -m tests.benchmarks``."""

from tests.benchmarks import diagnosis, editing, mastery, record, set_cell, start_up

# First, while this process is small: one that it starts counts from this one's memory.
start_up.main()
set_cell.main()
editing.main()
diagnosis.main()
mastery.main()
record.main()

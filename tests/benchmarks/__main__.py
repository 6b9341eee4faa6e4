"""Prints all tables: ``python -m tests.benchmarks``."""

from tests.benchmarks import (
    busy,
    diagnosis,
    editing,
    frameworks,
    gaps,
    mastery,
    motion,
    record,
    set_cell,
    start_up,
    waiting,
)

# First, while this process is small: one that it starts counts from this one's memory.
start_up.main()
for table in (
    frameworks,
    busy,
    set_cell,
    editing,
    gaps,
    motion,
    waiting,
    diagnosis,
    mastery,
    record,
):
    table.main()

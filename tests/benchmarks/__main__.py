"""Prints all tables: ``python -m tests.benchmarks``."""

from tests.benchmarks import (
    busy,
    diagnosis,
    editing,
    frameworks,
    gaps,
    mastery,
    record,
    set_cell,
    start_up,
    waiting,
)

# First, while this process is small: one that it starts counts from this one's memory.
start_up.main()
frameworks.main([])
busy.main()
set_cell.main()
editing.main()
gaps.main()
waiting.main()
diagnosis.main()
mastery.main()
record.main()

"""Prints all tables: ``python -m tests.benchmarks``."""

from tests.benchmarks import editing, start_up

editing.main()
start_up.main()

"""Keeps what the program remembers of somebody from all others who use the computer."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def private() -> Iterator[None]:
    """Let what is made meanwhile be its owner's alone, by whatever library it is made."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)

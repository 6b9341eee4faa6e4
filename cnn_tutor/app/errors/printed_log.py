"""What ``--verbose`` prints: all that the package logs, down to what it does in passing."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def printed_log() -> Iterator[None]:
    """Print what is logged to the standard error stream, but for what stands there anyway."""
    package = logging.getLogger("cnn_tutor")
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(lambda record: not getattr(record, "printed", False))
    before = package.level
    package.setLevel(logging.DEBUG)
    package.addHandler(handler)
    try:
        yield
    finally:
        package.removeHandler(handler)
        package.setLevel(before)

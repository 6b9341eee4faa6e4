"""How a run ends: its exit code, and what it still has to say in a terminal that may be gone."""

from __future__ import annotations

import os
import sys
from typing import TextIO

EXIT_FAULT = 2
EXIT_CANNOT_START = 3


def fault(text: str, code: int = EXIT_FAULT) -> int:
    """Print what is wrong on one line and return the exit code."""
    try:
        print(f"cnn-tutor: {' '.join(text.splitlines())}", file=sys.stderr)
    except OSError:
        _let_go(sys.stderr)
    return code


def flush() -> None:
    """Print what is still to be printed; who reads it may have seen enough and be gone.

    Raises:
        SystemExit: if it can't be printed for another reason, such as a full disk.
    """
    for stream in (sys.stdout, sys.stderr):
        if stream is None:  # there is none where no terminal is
            continue
        try:
            stream.flush()
        except BrokenPipeError:
            _let_go(stream)
        except OSError as error:
            _let_go(stream)
            raise SystemExit(fault(error.strerror or type(error).__name__)) from None


def _let_go(stream: TextIO) -> None:
    """Have the rest go nowhere, or Python would complain of it at the very end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())

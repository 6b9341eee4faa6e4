"""Lets NumPy's matrix products use all that the processor can do."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_NAME = "OPENBLAS_CORETYPE"
_NEEDS = {"avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"}


def hint(processor: Path = Path("/proc/cpuinfo")) -> None:
    """Name the kind of processor to OpenBLAS where it may not know it itself.

    Up to 0.3.31, OpenBLAS, which NumPy brings along, doesn't know AMD's family 26 (Zen 5), and
    guesses: now and then it uses half the width of the processor's registers
    (https://github.com/OpenMathLib/OpenBLAS/issues/6029). It looks once, when NumPy is imported;
    after that nothing can be done. What somebody has set is left alone.
    """
    if "numpy" in sys.modules or _NAME in os.environ or sys.platform != "linux":
        return
    try:
        with processor.open("rb") as file:
            text = file.read(8192).decode("ascii", "replace")  # one core is enough, of perhaps many
    except OSError:
        return
    facts: dict[str, str] = {}
    for line in text.split("\n\n")[0].splitlines():
        name, _, value = line.partition(":")
        facts[name.strip()] = value.strip()
    known = facts.get("vendor_id") != "AuthenticAMD" or facts.get("cpu family") != "26"
    if not known and set(facts.get("flags", "").split()) >= _NEEDS:
        os.environ[_NAME] = "SkylakeX"

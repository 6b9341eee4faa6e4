"""Start-up time and memory, beside a bare window with the same libraries.

``python -m tests.benchmarks.start_up`` prints a table. Each start is a process of its own, the two
kinds in turn.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile

from tests.benchmarks.window import home

ROUNDS = 9

MEASURE = """
import json, resource, sys, time
start = time.perf_counter()
{program}
print(json.dumps([time.perf_counter() - start,
                  resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""

BARE = """
import numpy, pyqtgraph
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(["bare"])
window = QMainWindow()
window.resize(1280, 720)
window.show()
app.processEvents()
"""

TUTOR = """
from cnn_tutor.app.cli import preflight
preflight.problem(offscreen=True)
from PySide6.QtWidgets import QApplication
from cnn_tutor.app.style import language
from cnn_tutor.document.own_files import set_program_name
from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.app.settings.preferences import Preferences
app = QApplication(["cnn-tutor"])
set_program_name()
language.apply("ja")
window = MainWindow(Preferences())
window.resize(1280, 720)
window.show()
app.processEvents()
"""


# An installed program has its bytecode, whatever this shell says.
_ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
    "QT_QPA_PLATFORM": "offscreen",
}


def start(program: str, folder: str) -> tuple[float, float]:
    """Return the seconds until the window is painted, and the peak memory in MB.

    What the program keeps is in a folder.
    """
    done = subprocess.run(
        [sys.executable, "-c", MEASURE.format(program=program)],
        env={**_ENVIRONMENT, **home(folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, megabytes = json.loads(done.stdout.splitlines()[-1])
    return seconds, megabytes


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        start(BARE, folder), start(TUTOR, folder)  # fills the caches
        rounds = [(start(BARE, folder), start(TUTOR, folder)) for _ in range(ROUNDS)]
    bare, tutor = (
        [statistics.median(n) for n in zip(*one, strict=True)] for one in zip(*rounds, strict=True)
    )
    print(f"{'':>14} {'bare window':>14} {'CNN Tutor':>12} {'':>9}")
    print(f"{'start-up':>14} {bare[0]:12.2f} s {tutor[0]:10.2f} s {tutor[0] / bare[0]:7.2f}×")
    print(
        f"{'peak memory':>14} {bare[1]:11.0f} MB {tutor[1]:9.0f} MB {tutor[1] - bare[1]:+6.0f} MB"
    )


if __name__ == "__main__":
    main()

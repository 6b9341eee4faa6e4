"""Start-up time and memory, beside a bare window with the same libraries.

``python -m tests.benchmarks.start_up`` prints a table. Each start is a process of its own, the two
kinds in turn.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from statistics import median

from tests.benchmarks.measuring import row
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


def start(program: str, folder: str) -> list[float]:
    """Return the seconds until the window is painted, and the peak memory in MB."""
    command = [sys.executable, "-c", MEASURE.format(program=program)]
    env = {**_ENVIRONMENT, **home(folder)}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    return list(json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        start(BARE, folder), start(TUTOR, folder)  # fills the caches
        rounds = [start(BARE, folder) + start(TUTOR, folder) for _ in range(ROUNDS)]
    bare, bare_mb, tutor, tutor_mb = map(median, zip(*rounds, strict=True))
    row("", "bare window", "CNN Tutor")
    row("start-up", f"{bare:.2f} s", f"{tutor:.2f} s", f"{tutor / bare:.2f}×")
    row("peak memory", f"{bare_mb:.0f} MB", f"{tutor_mb:.0f} MB", f"{tutor_mb - bare_mb:+.0f} MB")


if __name__ == "__main__":
    main()

"""Work that waits in the work folder, as far as it is known without reading all of it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QDateTime

from cnn_tutor.document.autosave.kept_head import KeptHead


@dataclass(frozen=True)
class WaitingWork:
    """The name under which work is kept, when it was, and its head; None if it can't be read."""

    name: str
    when: QDateTime
    head: KeptHead | None

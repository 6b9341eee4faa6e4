"""A snapshot comes back as it was, and its head alone tells it from others."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QDateTime

from cnn_tutor.document.autosave.snapshot import Head, Snapshot
from tests.unit.document.test_document import project


def test_a_snapshot_is_what_was_put_into_it() -> None:
    head = Head(path="/home/日本/a.cnnt", stamp="s", closed=True, number=7, aside=True, origin="x")
    when = QDateTime.currentDateTime()
    data = Snapshot(project(), head).encode()
    found = Snapshot.decode(data, when)
    assert (found.head, found.when) == (head, when)
    np.testing.assert_array_equal(found.project.x, project().x)
    assert Head.decode(data.partition(b"\n")[0]) == head

"""Items are found by their keys; a heading has none."""

from __future__ import annotations

from PySide6.QtWidgets import QListWidgetItem
from pytestqt.qtbot import QtBot

from cnn_tutor.app.keyed_list import KEY, KeyedList


def test_items_are_found_by_their_keys_and_headings_are_not(qtbot: QtBot) -> None:
    listed = KeyedList("terms")
    qtbot.addWidget(listed)
    QListWidgetItem("Heading", listed)
    item = listed.add("a", "A")
    assert listed.of_key("a") is item
    assert listed.of_key("b") is None
    assert [each.data(KEY) for each in listed.all_items()] == [None, "a"]
    assert listed.objectName() == "terms"

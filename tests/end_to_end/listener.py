"""Prints what a screen reader is told, a line of JSON each: what kind of news, and the words.

It asks AT-SPI as Orca does, with the system's own Python: ``/usr/bin/python3 listener.py``. The
first line says that it listens.
"""

from __future__ import annotations

import json

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

_PATIENCE_MS = 60_000
"""How long a busy program may take to say what a part of it is."""

_NEWS = {
    "object:state-changed:focused": "focus",
    "object:announcement": "says",
    "object:text-changed:insert": "typed",
    "window:activate": "window",
    "window:deactivate": "left",
}


def labels(part: Atspi.Accessible) -> list[str]:
    """Return what stands beside a part to name it."""
    found = []
    for relation in part.get_relation_set():
        if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY:
            places = range(relation.get_n_targets())
            found += [relation.get_target(place).get_name() for place in places]
    return [name for name in found if name not in part.get_name()]


def described(part: Atspi.Accessible) -> str:
    """Return a part's name, what it is, what stands in it and what is said of it."""
    part.clear_cache()
    said = [*labels(part), part.get_name() or "(no name)", part.get_role_name()]
    if part.get_role() == Atspi.Role.TABLE_CELL:
        said.insert(0, part.get_parent().get_name())
    able = part.get_interfaces()
    if "Text" in able:
        text = Atspi.Text.get_text(part, 0, Atspi.Text.get_character_count(part))
        said += [text] if text != part.get_name() else []
    elif "Value" in able:
        said.append(f"{Atspi.Value.get_current_value(part):g}")
    if part.get_description() not in ("", *said):
        said.append(part.get_description())
    return ", ".join(said)


def tell(event: Atspi.Event) -> None:
    kind = _NEWS[event.type.rstrip(":")]
    try:
        if kind == "focus":
            text = described(event.source) if event.detail1 else ""
        elif kind in ("says", "typed"):
            text = event.any_data
        else:
            text = event.source.get_name() if kind == "window" else "window"
    except gi.repository.GLib.Error:  # it is gone again
        text = ""
    if text:
        print(json.dumps([kind, text]), flush=True)


Atspi.set_timeout(_PATIENCE_MS, _PATIENCE_MS)
listener = Atspi.EventListener.new(tell)
for event_type in _NEWS:
    listener.register(event_type)
print(json.dumps(["ready", ""]), flush=True)
Atspi.event_main()

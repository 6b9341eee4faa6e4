"""A round of practice: which exercises it asks, how far it is, and how each one went."""

from __future__ import annotations

from collections.abc import Sequence

from cnn_tutor.study.practice.item import Item


class Round:
    """Items one after the other; ``place`` counts those that came before."""

    def __init__(self, items: Sequence[Item] = ()) -> None:
        self.items = list(items)
        self.place = 0
        self._results: list[bool | None] = [None] * len(self.items)
        self._mistakes: dict[int, str] = {}

    @property
    def item(self) -> Item | None:
        """What is asked now; None before and after the round."""
        return self.items[self.place] if self.place < len(self.items) else None

    @property
    def results(self) -> tuple[bool | None, ...]:
        """How each item went: right at once, not so, or None for one that was not answered."""
        return tuple(self._results)

    @property
    def over(self) -> bool:
        """Whether the round has been gone through."""
        return bool(self.items) and self.place >= len(self.items)

    def go_on(self) -> None:
        """Go to the next item, or to the end."""
        self.place = min(self.place + 1, len(self.items))

    def exchange(self, item: Item) -> None:
        """Ask another item at this place; how the first one went stays."""
        self.items[self.place] = item

    def settle(self, well: bool) -> None:
        """Keep how the item went; what was settled once stays."""
        if self.item is not None and self._results[self.place] is None:
            self._results[self.place] = well

    def see(self, mistake: str) -> None:
        """Keep the first mistake that was seen in the item."""
        self._mistakes.setdefault(self.place, mistake)

    def mistake(self, place: int) -> str:
        """Return the mistake that was seen first at a place; empty for none."""
        return self._mistakes.get(place, "")

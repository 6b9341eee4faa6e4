"""What belongs to a learner beside the answers: a round, an exam, the place in each lesson."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping

from cnn_tutor.study.practice.record.store import Store


class Notes(MutableMapping[str, str]):
    """Short texts by their names, each on the disk as soon as it is set; none of them is empty.

    ``kind`` tells those of one use, such as lessons, from all others.

    Setting and removing one raises StoreError if it can't be written; it is as it was then.
    """

    def __init__(self, store: Store, learner: int, kind: str) -> None:
        self._store, self._learner, self._lead = store, learner, f"{kind}/"
        self._texts = {
            name.removeprefix(self._lead): text
            for name, text in store.notes(learner).items()
            if name.startswith(self._lead)
        }

    def __getitem__(self, name: str) -> str:
        return self._texts[name]

    def __setitem__(self, name: str, text: str) -> None:
        if self._texts.get(name) != text:
            self._store.keep_note(self._learner, self._lead + name, text)
            self._texts[name] = text

    def __delitem__(self, name: str) -> None:
        if name in self._texts:
            self._store.keep_note(self._learner, self._lead + name, "")
        del self._texts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

"""A learner who has practised, made up: what the panel and the page of results are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from cnn_tutor.pages.results import skill_results
from cnn_tutor.study.practice.mastery.standing import Standing
from cnn_tutor.study.practice.mastery.tally import Tally
from cnn_tutor.study.practice.practice import Day
from cnn_tutor.study.practice.record.answer import Answer
from cnn_tutor.study.practice.record.store import Learner, Store

NOW = datetime(2025, 3, 14, 12, tzinfo=UTC)

NAMES = {
    "sum": ("積和", "Sum of products"),
    "size": ("出力の大きさ", "Size of the output"),
    "padding": ("パディング", "Padding"),
    "stride": ("ストライド", "Stride"),
    "rgb": ("RGBの和", "Adding the channels"),
    "parameters": ("パラメータの数", "Counting parameters"),
    "pooling": ("最大プーリング", "Max pooling"),
    "flatten": ("Flatten", "Flatten"),
    "dense": ("全結合層の重みとバイアス", "Weights and biases of a dense layer"),
    "dropout": ("ドロップアウト", "Dropout"),
    "field": ("受容野", "Receptive field"),
    "find_filter": ("入力と出力からフィルタを見つける", "Find the filter from input and output"),
}
MISTAKES = {
    "flipped": ("フィルタを反転した", "filter turned by 180°"),
    "added": ("掛けずに足した", "values added, not multiplied"),
    "no_padding": ("パディングを忘れた", "padding forgotten"),
    "channels": (
        "どのチャンネルにも同じフィルタのスライスを使った",
        "the same slice of the filter used for every channel",
    ),
    "bias": ("バイアスを忘れた", "bias forgotten"),
}


@dataclass
class Practised:
    """Has what the widgets ask of a Practice, as it is told."""

    learner: Learner
    stands: Mapping[str, Standing]
    today_done: tuple[int, int, int, int] = (0, 0, 0, 0)
    mistakes: tuple[tuple[str, int], ...] = ()
    worked: tuple[Day, ...] = ()
    now: datetime = NOW
    asked: list[str] = field(default_factory=list)

    def standings(self) -> Mapping[str, Standing]:
        self.asked.append("standings")
        return self.stands

    def due(self) -> tuple[str, ...]:
        return tuple(k for k, s in self.stands.items() if s.due is not None and s.due <= self.now)

    def today(self) -> Any:
        right, of, left, days = self.today_done
        return SimpleNamespace(went=Tally(0, 0, right, of), left=left, days=days)

    def usual_mistakes(self, most: int = 5) -> tuple[tuple[str, int], ...]:
        return self.mistakes[:most]

    def days(self) -> tuple[Day, ...]:
        return self.worked


def call(monkeypatch: pytest.MonkeyPatch, names: Mapping[str, tuple[str, str]] = NAMES) -> None:
    """Give the made-up skills and mistakes their names."""
    skills = {key: SimpleNamespace(name={"ja": ja, "en": en}) for key, (ja, en) in names.items()}
    mistakes = {k: SimpleNamespace(name={"ja": ja, "en": en}) for k, (ja, en) in MISTAKES.items()}
    monkeypatch.setattr(skill_results, "skills", lambda: skills)
    monkeypatch.setattr(skill_results, "catalogue", lambda: mistakes)


def standings(keys: Sequence[str] = tuple(NAMES)) -> dict[str, Standing]:
    """Skills in every state: mastered and due or not, being learned, resting, not begun."""
    day = timedelta(days=1)
    made: list[Callable[[str], Standing]] = [
        lambda k: Standing(k, 0.99, True, True, NOW - day, tries=14),
        lambda k: Standing(k, 0.97, True, True, NOW + 12 * day, tries=11),
        lambda k: Standing(k, 0.96, False, False, NOW + day, tries=6, run=3),
        lambda k: Standing(k, 0.61, tries=4, due=NOW - day, run=1),
        lambda k: Standing(k, 0.34, tries=10, rested=True),
        lambda k: Standing(k, 0.05, tries=1),
        Standing,
        Standing,
    ]
    return {key: made[n % len(made)](key) for n, key in enumerate(keys)}


def days(count: int) -> tuple[Day, ...]:
    """As many days as that, two of seven without practice, a little better every day."""
    found, last = [], NOW.date()
    for back in range(count - 1, -1, -1):
        day = last - timedelta(days=back)
        if back and day.weekday() in (2, 6):
            continue
        wave = (day.toordinal() * 37) % 17
        share = min(0.98, 0.45 + 0.5 * (count - back) / count + wave / 120)
        of = 18 + wave
        found.append(Day(day, Tally(0, 0, round(of * share), of), 240.0 + 90 * wave))
    return tuple(found)


def give(store: Store, learner: Learner, stands: Mapping[str, Standing]) -> None:
    """Put answers into a store that fit the standings."""
    kinds = list(MISTAKES)
    for place, (key, standing) in enumerate(stands.items()):
        for number in range(standing.tries):
            wrong = number % 3 == 0
            store.record(
                Answer(
                    learner.id,
                    f"code-{key}-{number}",
                    key,
                    NOW - timedelta(days=9 - number % 9, hours=number),
                    right=6 if wrong else 9,
                    of=9,
                    mistakes=(kinds[place % len(kinds)],) if wrong else (),
                )
            )


def practised(store: Store, name: str = "Aoi", count: int = 30) -> Practised:
    """A learner of the store who has practised on that many days."""
    learner = store.add_learner(name)
    stands = standings()
    give(store, learner, stands)
    mistakes = (("flipped", 12), ("channels", 3), ("no_padding", 1))
    return Practised(learner, stands, (31, 36, 3, 6), mistakes, days(count))

"""The playback as moving pictures: a frame a step, as fast as it is played."""

from __future__ import annotations

import itertools
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from cnn_tutor.app.figures import animation
from cnn_tutor.app.figures.animation import Animation
from cnn_tutor.app.figures.figure import Figure
from cnn_tutor.app.figures.stage import Stage
from cnn_tutor.app.progress_bar import CalledOff
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.study.boards.views import CELLS, NETWORK
from cnn_tutor.widgets.style.colours import DARK, LIGHT
from tests.unit.app.figures.sources import source


@pytest.fixture
def moving(window):
    made: list[Stage] = []

    def make(
        chapter: str = "convolution",
        *,
        terms: bool = False,
        speed: float = 1,
        last: int = 0,
        subject: str = CELLS,
        theme=LIGHT,
    ) -> Animation:
        found = source(window, chapter)
        window.lab.playback.set_by_terms(terms)
        window.lab.playback.set_speed(speed)
        made.append(stage := Stage(found, subject, theme))
        return Animation(stage, lambda bounds: Figure(stage, bounds, "", False), 1, last)

    yield make
    for stage in made:
        stage.close()


def frames(data: bytes) -> list[Image.Image]:
    film = Image.open(BytesIO(data))
    found = []
    for n in range(film.n_frames):
        film.seek(n)
        found.append(film.convert("RGB"))
    return found


@pytest.mark.parametrize("kind", ["gif", "webp"])
def test_there_is_a_frame_for_each_step(moving, kind) -> None:
    film = frames(getattr(moving(), kind)())
    assert len(film) == 9
    assert len({frame.size for frame in film}) == 1
    assert all(one.tobytes() != other.tobytes() for one, other in itertools.pairwise(film))


def test_terms_are_steps_where_they_are_played_one_by_one(moving) -> None:
    made = moving("max_pooling", terms=True, last=10)
    assert len(frames(made.gif())) == 10


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_webp_loses_nothing_and_gif_keeps_the_colours_of_each_step(moving, theme) -> None:
    made = moving("convolution", theme=theme)
    exact = [made.at(step) for step in made.steps]
    for frame, picture in zip(frames(made.webp()), exact, strict=True):
        pixels = np.asarray(frame)
        assert (pixels == _rgb(picture)).all()
    wanted = {name: _parts(getattr(theme, name)) for name in ("background", "read_line", "written")}
    for frame, picture in zip(frames(made.gif()), exact, strict=True):
        pixels, real = np.asarray(frame), _rgb(picture)
        assert np.abs(pixels.astype(int) - real).mean() < 1
        for parts in wanted.values():
            there = (real == parts).all(axis=2)
            assert there.any()
            assert (pixels[there] == parts).all()


def test_the_last_step_is_seen_longer_and_all_goes_on_for_ever(moving) -> None:
    film = Image.open(BytesIO(moving(speed=2).gif()))
    assert film.info["loop"] == 0
    assert film.info["duration"] == 400
    film.seek(film.n_frames - 1)
    assert film.info["duration"] == 2000


def test_a_playback_can_end_earlier(moving) -> None:
    assert moving(last=4).steps == [1, 2, 3, 4]


def test_nothing_is_cut_at_any_step(moving) -> None:
    made = moving("rgb", subject=CELLS)
    for step in made.steps:
        picture = _rgb(made.at(step))
        rim = np.concatenate([picture[:8].reshape(-1, 3), picture[-8:].reshape(-1, 3)])
        assert (rim == _parts(LIGHT.background)).all()


def test_too_many_steps_are_refused(moving, monkeypatch) -> None:
    monkeypatch.setattr(animation, "STEP_LIMIT", 8)
    with pytest.raises(Refusal) as refusal:
        moving()
    assert (refusal.value.reason, refusal.value.values["steps"]) == ("figure_too_long", 9)


def test_it_says_how_far_it_is_and_can_be_called_off(moving) -> None:
    shares: list[float] = []

    def progress(share: float) -> None:
        shares.append(share)
        if share > 0.5:
            raise CalledOff

    with pytest.raises(CalledOff):
        moving(subject=NETWORK).gif(progress)
    assert shares == sorted(shares)
    assert 0 in shares


def _rgb(picture) -> np.ndarray:
    bgra = np.frombuffer(bytes(picture.constBits()), np.uint8)
    return bgra.reshape(picture.height(), picture.width(), 4)[:, :, 2::-1].astype(int)


def _parts(name: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(name.removeprefix("#")))

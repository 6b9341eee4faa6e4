"""The library: the lessons of the program, and a teacher's own ones from files."""

from __future__ import annotations

from pathlib import Path

import pytest

from cnn_tutor.study import words
from cnn_tutor.study.lessons.language.fault import LessonError
from cnn_tutor.study.lessons.library import OWN_PREFIX, PREFIX, Entry, Library
from cnn_tutor.study.lessons.progress import Progress
from tests.unit.study.lessons.written import DROPOUT, EXAMPLE, changed, in_one, written


@pytest.fixture(autouse=True)
def _english() -> None:
    words.speak("en")


def test_it_begins_with_the_program_s_lessons_in_their_order() -> None:
    library = Library()
    assert not library.own
    assert len(library) == len(list(library)) > 0
    assert [entry.order for entry in library.values()] == sorted(e.order for e in library.values())
    assert all(key.startswith(PREFIX) for key in library)
    with pytest.raises(KeyError):
        library["lesson_nowhere"]


def test_the_program_s_lessons_are_in_both_languages() -> None:
    for key, entry in Library().items():
        assert entry.lesson.languages == words.LANGUAGES, key


def test_the_title_of_a_lesson_in_the_other_language_is_its_name(tmp_path: Path) -> None:
    entry = Entry("own_a", written(tmp_path, in_one("ja")))
    assert entry.title == "はじめてのレッスン"  # before it is read
    assert entry.lesson.title == "はじめてのレッスン"
    assert entry.lesson.languages == ("ja",)


def test_the_kinds_of_the_steps_that_are_done_have_been_met() -> None:
    library, progress = Library(), Progress()
    assert library.kinds_met(progress) == set()
    steps = [step.key for step in library["lesson_activation"].lesson.steps]
    progress.visit("lesson_activation", steps[0], steps)
    assert library.kinds_met(progress) == set()  # it was only opened
    progress.finish("lesson_activation", steps[0])
    assert library.kinds_met(progress) == {"relu"}
    for step in steps:
        progress.finish("lesson_activation", step)
    assert library.kinds_met(progress) == {"relu", "conv2d", "sigmoid", "tanh", "softmax"}
    progress.finish("own_that_is_gone", "one")
    assert len(library.kinds_met(progress)) == 5


@pytest.mark.parametrize(
    "head",
    [
        'title.ja = "短い"\ntitle.en = "Short"',
        '# [a]\ntitle = { ja = "短い", en = "Short" }',
        'title = { ja = "短い", en = """\\\nShort""" }',
        '[title]\nja = "短い"\nen = "Short"',
        '  [title]\n  ja = "短い"\n  en = "Short"',
        "title.ja = '短い'\ntitle.en = '''\n[a] Short'''",  # a bracket begins a line
    ],
)
def test_a_title_may_be_written_as_toml_allows(tmp_path: Path, head: str) -> None:
    text = changed('title = { ja = "短い", en = "Short" }', head, DROPOUT)
    entry = Library().open(written(tmp_path, text))
    assert entry.title.strip() == entry.lesson.title
    assert entry.lesson.title.endswith("Short")
    assert entry.lab == ""


def test_a_lesson_that_is_not_read_yet_never_fails_to_be_listed(tmp_path: Path) -> None:
    """What is wrong with it is said when it is opened."""
    heads = {
        "gone": None,
        "broken": "title =",
        "noise": b"\xff\xfe",
        "folder": "",
        "table": '[title]\nja = "あ"\nen = "a"\n',
        "list": "title = [1]\norder = 'first'\nlab = 3\n",
        "half": 'title = { ja = "あ" }\n',
        "number": "title = { en = 1 }\n",
        "digits": "order = " + "1" * 5000,
        "deep": "title = " + "[" * 50_000,
    }
    for name, text in heads.items():
        path = tmp_path / f"{name}.toml"
        if name == "folder":
            path.mkdir()
        elif text is not None:
            written(tmp_path, text, path.name)
        entry = Entry(name, path)
        assert entry.title in (name, "a", "あ"), name
        assert entry.order == 0
        assert isinstance(entry.lab, str)
        with pytest.raises(LessonError):
            _ = entry.lesson


def test_what_is_listed_is_what_was_read(tmp_path: Path) -> None:
    """The file may be another one by now, or gone."""
    path = written(tmp_path, EXAMPLE)
    entry = Library().open(path)
    path.unlink()
    assert (entry.title, entry.lab) == ("A first lesson", "convolution")


def test_own_lessons_come_last_and_go_when_they_are_closed(tmp_path: Path) -> None:
    library = Library()
    before = list(library)
    entry = library.open(written(tmp_path, EXAMPLE))
    assert entry.key == f"{OWN_PREFIX}mine"
    assert list(library) == [*before, entry.key]
    assert library[entry.key] is entry
    assert entry.lesson.key == entry.key
    assert list(library.own) == [entry.key]
    library.own.clear()  # a copy
    library.close(entry.key)
    assert list(library) == before
    assert (tmp_path / "mine.toml").exists()
    library.close(entry.key)
    library.close(before[0])  # which is not the teacher's
    assert list(library) == before


def test_opened_again_it_is_read_anew_under_the_same_key(tmp_path: Path) -> None:
    library = Library()
    first = library.open(written(tmp_path, EXAMPLE))
    assert first.title == "A first lesson"
    path = written(tmp_path, changed('"A first lesson"', '"Another one"'))
    again = library.open(path)
    assert again.key == first.key
    assert again.title == again.lesson.title == "Another one"
    assert library[first.key] is again
    assert len(library.own) == 1


def test_a_file_that_was_spoilt_leaves_the_lesson_as_it_was(tmp_path: Path) -> None:
    library = Library()
    entry = library.open(written(tmp_path, EXAMPLE))
    with pytest.raises(LessonError):
        library.open(written(tmp_path, "title ="))
    assert library[entry.key] is entry
    with pytest.raises(LessonError):
        library.open(tmp_path / "none.toml")
    assert list(library.own) == [entry.key]


def test_two_files_of_one_name_are_two_lessons(tmp_path: Path) -> None:
    library, keys = Library(), []
    for n in range(4):
        folder = tmp_path / str(n)
        folder.mkdir()
        text = changed('"A first lesson"', f'"Lesson {n}"')
        keys.append(library.open(written(folder, text)).key)
    assert keys == ["own_mine", "own_mine_2", "own_mine_3", "own_mine_4"]
    assert [library[key].title for key in keys] == [f"Lesson {n}" for n in range(4)]
    library.close("own_mine_2")
    assert library.open(tmp_path / "1" / "mine.toml").key == "own_mine_2"
    assert library.open(tmp_path / "3" / "mine.toml").key == "own_mine_4"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("第1回 畳み込み.toml", "own_第1回_畳み込み"),
        ("a b/../c".replace("/", "-") + ".toml", "own_a_b_c"),
        ("----.toml", "own__"),
        ("x" * 100 + ".toml", "own_" + "x" * 40),
        ("lesson_pooling.toml", "own_lesson_pooling"),
    ],
)
def test_a_key_has_nothing_in_it_that_could_be_a_path(tmp_path: Path, name: str, key: str) -> None:
    entry = Library().open(written(tmp_path, EXAMPLE, name))
    assert entry.key == key
    assert not set(entry.key) & set("/\\.: ")


def test_where_a_project_came_from(tmp_path: Path) -> None:
    library = Library()
    entry = library.open(written(tmp_path, EXAMPLE))
    lesson = entry.lesson
    assert library.lesson_of("own_mine/guess") == (lesson, 1)
    assert library.lesson_of(lesson.origin(2)) == (lesson, 2)
    assert lesson.scene(2).project.origin == "own_mine/change"
    assert library.lesson_of("own_mine/gone") is None  # the step has been renamed
    first = next(iter(library))
    opened = library[first].lesson
    assert library.lesson_of(f"{first}/{opened.steps[1].key}") == (opened, 1)
    for origin in ("", "/", "convolution", "own_mine", "own_mine/", "own_other/guess", "/guess"):
        assert library.lesson_of(origin) is None
    library.close("own_mine")
    assert library.lesson_of("own_mine/guess") is None


def test_a_key_stays_with_its_file_even_while_that_is_away(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "intro.toml").write_text(EXAMPLE, "utf-8")
    first, second = (tmp_path / name / "intro.toml" for name in ("one", "two"))
    library = Library()
    keys = [library.open(path).key for path in (first, second)]
    assert keys == ["own_intro", "own_intro_2"]
    first.unlink()
    again = Library()
    with pytest.raises(LessonError):
        again.open(first, keys[0])
    assert again.open(second, keys[1]).key == keys[1]
    assert list(again.own) == [keys[1]]
    first.write_text(EXAMPLE, "utf-8")
    assert again.open(first).key == keys[0]
    again.close(keys[0])
    assert again.open(first).key == keys[0]

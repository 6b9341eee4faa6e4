"""Errors are told apart by where they were raised, and however many come, few are kept."""

from __future__ import annotations

import pytest

from cnn_tutor.app.errors.faults import KINDS_LIMIT, Faults, one_line


def raised(error: Exception, deep: int = 0) -> Exception:
    """Return an error as it was caught, through so many calls of two functions in turn."""

    def down(left: int) -> None:
        if left:
            up(left)
        raise error

    def up(left: int) -> None:
        down(left - 1)

    with pytest.raises(type(error)) as caught:
        down(deep)
    return caught.value


def test_each_kind_is_kept_once_and_counted() -> None:
    faults = Faults()
    first = faults.add(raised(ValueError("a")))
    assert first is not None
    assert first.name.startswith("ValueError: a (test_faults.py:")
    assert "Traceback" in first.traceback
    assert faults.add(raised(ValueError("b"))) is None
    assert faults.add(raised(TypeError("a"))) is not None
    assert [fault.times for fault in faults.list] == [2, 1]


def test_many_kinds_and_long_tracebacks_fill_nothing() -> None:
    faults = Faults()
    for n in range(KINDS_LIMIT + 5):
        faults.add(raised(type(f"Error{n}", (Exception,), {})(), deep=60))
    assert (len(faults.list), faults.others) == (KINDS_LIMIT, 5)
    assert all(len(fault.traceback.splitlines()) <= 121 for fault in faults.list)


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (ValueError(), "ValueError"),
        (ValueError("two\nlines"), "ValueError: two lines"),
        (ValueError("Error calling Python override of QLabel::sizeHint(): no"), "ValueError: no"),
    ],
)
def test_an_error_is_named_on_one_line(error: Exception, line: str) -> None:
    assert one_line(error) == line

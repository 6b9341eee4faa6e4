"""What makes a task sound: it can be done, is not done already, and says what is there."""

from __future__ import annotations

from pathlib import Path

from tests.unit.study.lessons.written import changed, opened, refused

GOAL, ANSWER = 'goal = ["output = 0", "x unchanged"]', 'answer = ["kernel = 0"]'
NOT_YET = "not_yet = {"
VIEWS = """\
title = { ja = "。", en = "." }

[boards.one]
kind = "relu"
tensors.x.rows = [[1, 2], [3, 4]]

[[steps]]
id = "only"
board = "one"
caption = { ja = "。", en = "." }
# view

[steps.task]
say = { ja = "。", en = "." }
not_yet = { ja = "。", en = "." }
goal = ["view = matrices"]
answer = ["view = matrices"]
"""


def test_a_goal_may_speak_of_what_is_there_only_after_the_answer(tmp_path: Path) -> None:
    for goal, answer in (
        ('"relu_1/output >= 0"', '"add = relu"'),
        ('"x[3,3] = 0"', '"x.height = 4", "x.width = 4"'),
        ('"output = 1 2 3 / 4 5 6"', None),
        ('"kernel[:,:,0,1] = 0", "output.channels = 2"', '"kernel.filters = 2"'),
    ):
        text = changed(GOAL, f"goal = [{goal}]")
        if answer is None:
            fault = refused(tmp_path, text)
            assert (fault.reason, fault.key) == ("lesson_count", "steps[2].task.goal[0]")
        else:
            assert opened(tmp_path, changed(ANSWER, f"answer = [{answer}]", text))


def test_a_remark_may_do_so_too_but_not_speak_of_what_never_is(tmp_path: Path) -> None:
    text = changed(GOAL, 'goal = ["layers = conv2d relu"]')
    text = changed(ANSWER, 'answer = ["add = relu"]', text)
    remark = "\n[[steps.task.remarks]]\nwhen = \"%s\"\nja = '。'\nen = '.'\n"
    assert opened(tmp_path, text + remark % "relu_1/output = 9")
    for when in ("relu_2/output = 9", "x = 1 2", "x[7] = 1", "strides[0] = 1"):
        fault = refused(tmp_path, text + remark % when)
        assert fault.key == "steps[2].task.remarks[0].when", when


def test_a_view_that_the_layer_does_not_have_is_no_goal(tmp_path: Path) -> None:
    fault = refused(tmp_path, VIEWS)
    assert (fault.reason, fault.key) == ("lesson_view", "steps[0].task.answer[0]")
    assert fault.values["known"] == "cells, network"
    sound = VIEWS.replace("matrices", "network")
    assert opened(tmp_path, sound)
    fault = refused(tmp_path, changed("# view", 'view = "units"', sound))
    assert (fault.reason, fault.key) == ("lesson_view", "steps[0].view")
    assert opened(
        tmp_path, VIEWS.replace('"relu"', '"dense"').replace("[[1, 2], [3, 4]]", "[1, 2]")
    )


def test_at_a_goal_that_the_window_reaches_by_itself_nothing_is_to_do(tmp_path: Path) -> None:
    text = changed(GOAL, 'goal = ["at = 1,1"]').replace(ANSWER, 'answer = ["at = 1,1"]')
    fault = refused(tmp_path, changed('id = "change"', 'id = "change"\nlook = "end"', text))
    assert fault.reason == "lesson_done_already"

"""Kinds that keep the contract and no more are put in, kept in a file, or refused with a reason."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.layers.dropout import Dropout
from cnn_tutor.engine.layers.relu import ReLU
from cnn_tutor.engine.network import Network, Node
from cnn_tutor.project.file import FileError, decode, encode
from cnn_tutor.project.project import Address, Project
from tests.unit.engine.toys import Failing, Growing, Picky, Scaled, Single, Unready, known
from tests.unit.project.test_file import assert_has_words


def start(*shape: int) -> Project:
    x = np.arange(1.0, np.prod(shape) + 1).reshape(shape)
    return Project.of(x, ReLU(), {})


def refused(project: Project, place: int, kind: type[Scaled]) -> Refusal:
    with known(kind), pytest.raises(Refusal) as raised:
        project.inserted(place, kind.kind).evaluated()
    assert_has_words(raised.value)
    assert raised.value.values["node"] == f"{kind.kind}_1"
    return raised.value


@pytest.mark.parametrize("shape", [(3, 3, 1), (5, 4, 2), (6,)])
def test_a_kind_with_a_port_of_its_own_is_put_in_with_the_numbers_of_its_sample(shape) -> None:
    with known(Scaled):
        project = start(*shape).inserted(0, "scaled")
        assert project.tensor(Address("scaled_1", "scale")).tolist() == [3]
        np.testing.assert_array_equal(project.evaluated().value("relu_1"), project.x * 3)
        again = decode(encode(project))
        assert isinstance(again.network.nodes[0].layer, Scaled)
        assert encode(again) == encode(project)


def test_a_kind_whose_ports_cannot_be_made_is_refused() -> None:
    error = refused(start(3, 3, 1), 1, Unready)
    assert (error.reason, error.values["ports"]) == ("ports", "scale")


def test_a_kind_that_fails_is_named_wherever_it_fails() -> None:
    """Its error is nobody's to catch: it is none of the learner's making."""

    class Unmade(Scaled):
        kind = "unmade"

        def __init__(self):
            raise OSError("unmade")

    class Sampleless(Scaled):
        kind = "sampleless"

        @classmethod
        def sample(cls, rng, level):
            raise NotImplementedError

    for project, kind, error in (
        (start(5), Picky, Exception),
        (start(8, 8, 1), Failing, ValueError),
        (start(3, 3, 1), Unmade, OSError),
        (start(3, 3, 1), Sampleless, NotImplementedError),
    ):
        with known(kind), pytest.raises(error) as failed:
            project.inserted(0, kind.kind).evaluated()
        assert not isinstance(failed.value, Refusal)
        assert f"In the layer {kind.kind}_1 ({kind.kind})" in failed.value.__notes__[0]


def test_a_kind_whose_settings_have_no_defaults_starts_as_its_sample() -> None:
    @dataclass(frozen=True)
    class Asked(Scaled):
        kind = "asked"
        power: int

        @classmethod
        def sample(cls, rng, level):
            return cls(4), {"x": np.ones(3), "scale": np.ones(1)}

    with known(Asked):
        assert start(3).inserted(0, "asked").network.nodes[0].layer == Asked(4)


def test_an_output_without_an_axis_is_refused() -> None:
    assert refused(start(3, 3, 1), 1, Single).reason == "scalar_output"


def test_a_result_that_is_no_finite_number_is_refused_in_a_project_and_a_file() -> None:
    with known(Growing):
        project = start(30, 30, 1).inserted(1, "growing").inserted(2, "relu")
        with pytest.raises(Refusal) as raised:
            project.evaluated()
        assert (raised.value.reason, raised.value.values["node"]) == (
            "not_finite_result",
            "growing_1",
        )
        with pytest.raises(FileError) as raised:
            decode(encode(project))
        assert (raised.value.reason, raised.value.where) == ("not_finite_result", "nodes[1]")


def test_as_much_dropout_as_there_can_be_stays_finite() -> None:
    nodes = [Node(f"d{n}", Dropout(rate=0.99), {"mask": np.ones(2)}) for n in range(32)]
    project = Project.chain(np.array([1e6, -1e6]), nodes)
    assert np.isfinite(project.evaluated().value("d31")).all()
    assert decode(encode(project)).network.shape("d31") == (2,)
    with pytest.raises(FileError) as raised:
        decode(encode(project).replace(b"0.99", b"0.9999999999999999"))
    assert raised.value.reason == "rate_range"


def test_a_network_may_be_of_strange_kinds_only() -> None:
    nodes = (Node("a", Scaled(), {"scale": np.ones(1)}),)
    assert Project(np.ones(2), Network((2,), nodes)).checked().evaluated().value("a").sum() == 2

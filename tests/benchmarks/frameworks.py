"""The engine beside PyTorch on the same processor, in one run, with one thread and float32.

``python -m tests.benchmarks.frameworks`` prints a table; it needs the extra ``benchmark``. Every
tensor lies in memory as its side has it at home: (H, W, C) here, (C, H, W) there. The two
are measured in turn, and of each the fastest round counts, which a busy machine disturbs least.

What PyTorch keeps of a forward pass, such as which cell won a pooling, spares its backward pass
much; a layer here keeps nothing and begins with the tensors. So both are shown: the gradients
alone, and a forward pass with them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import numpy as np

from cnn_tutor.engine.layers.average_pooling2d import AveragePooling2D
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.dense import Dense
from cnn_tutor.engine.layers.max_pooling2d import MaxPooling2D
from cnn_tutor.engine.layers.softmax import Softmax
from tests.benchmarks.measuring import Work, in_turn, milliseconds, row

ROUNDS, LEAST_MS = 15, 4
"""Rounds of each, and the milliseconds that one takes at least."""

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Case:
    """One layer at one size, and how PyTorch computes it from its own tensors."""

    name: str
    layer: Any
    shapes: Mapping[str, Shape]
    theirs: Callable[..., Any]
    products: int = 0
    """Multiplications for each output, of a convolution."""


def cases() -> list[Case]:
    from torch.nn import functional

    def conv(image: Shape, filters: int, side: int = 3, stride: int = 1, pad: int = 0) -> Case:
        layer = Conv2D((stride, stride), ((pad, pad), (pad, pad)))
        kernel = (side, side, image[-1], filters)
        name = f"conv {written(image)}→{filters}" + ("" if side == 3 else f", {side}×{side}")

        def theirs(x: Any, kernel: Any, bias: Any) -> Any:
            return functional.conv2d(x, kernel, bias, stride, pad)

        shapes = {"x": image, "kernel": kernel, "bias": (filters,)}
        return Case(name, layer, shapes, theirs, side * side * image[-1])

    def pool(kind: Any, how: Any, image: Shape, side: int = 2) -> Case:
        name = f"{'max' if kind is MaxPooling2D else 'average'} pooling {written(image)}"
        layer = kind((side, side), (2, 2))
        more = "" if side == 2 else f", {side}×{side}"
        return Case(name + more, layer, {"x": image}, lambda x: how(x, side, 2))

    def dense(x: Shape, units: int) -> Case:
        shapes = {"x": x, "kernel": (x[-1], units), "bias": (units,)}
        return Case(f"dense {written(x)}→{units}", Dense(), shapes, functional.linear)

    def softmax(x: Shape) -> Case:
        return Case(
            f"softmax {written(x)}", Softmax(), {"x": x}, lambda x: functional.softmax(x, -1)
        )

    images = ((4, 4, 1), (24, 24, 6), (64, 64, 32), (512, 512, 1), (32, 28, 28, 8))
    return [
        conv((5, 5, 1), 1),
        conv((7, 7, 3), 2, stride=2, pad=1),
        conv((28, 28, 1), 8),
        conv((32, 32, 3), 6, side=5),
        conv((64, 64, 16), 32, pad=1),
        conv((56, 56, 64), 64, pad=1),
        conv((224, 224, 3), 64, pad=1),
        conv((512, 512, 1), 1),
        conv((512, 512, 3), 3),
        conv((1024, 1024, 1), 4, side=5),
        conv((32, 28, 28, 1), 8),
        *(pool(MaxPooling2D, functional.max_pool2d, image) for image in images),
        pool(MaxPooling2D, functional.max_pool2d, (112, 112, 64), 3),
        *(pool(AveragePooling2D, functional.avg_pool2d, image) for image in images),
        dense((4,), 3),
        dense((400,), 120),
        dense((32, 784), 128),
        dense((256, 4096), 1024),
        softmax((10,)),
        softmax((32, 10)),
        softmax((1024, 1000)),
    ]


def written(shape: Shape) -> str:
    return "×".join(map(str, shape))


def at_home(port: str, array: Any) -> Any:
    """Return an array as PyTorch has it: channels and filters first, weights (units, inputs)."""
    import torch

    if port == "kernel":
        array = array.transpose(3, 2, 0, 1) if array.ndim == 4 else array.T
    elif array.ndim > 2:
        array = np.moveaxis(array if array.ndim == 4 else array[None], -1, 1)
    tensor = torch.empty(array.shape, dtype=getattr(torch, str(array.dtype)))
    return tensor.copy_(torch.from_numpy(np.ascontiguousarray(array)))


def fastest(*works: Work) -> list[float]:
    """Return the milliseconds that each of some works takes."""

    def often(work: Work) -> tuple[Work, int]:
        work()  # what is worked out once for a shape does not count
        times = max(1, int(LEAST_MS / milliseconds(work)))

        def again() -> None:
            for _ in range(times):
                work()

        return again, times

    repeated = [often(work) for work in works]
    found = in_turn([work for work, _ in repeated], ROUNDS)
    return [min(rounds) / times for rounds, (_, times) in zip(found, repeated, strict=True)]


def compare(case: Case) -> tuple[list[float], int]:
    """Return the milliseconds of each pass, ours and theirs in turn, and the products."""
    import torch

    rng = np.random.default_rng(0)
    tensors = {
        port: rng.normal(size=shape).astype(np.float32) for port, shape in case.shapes.items()
    }
    output = case.layer.forward(tensors)
    grad = rng.normal(size=output.shape).astype(np.float32)
    given = [at_home(port, array) for port, array in tensors.items()]
    learning = [tensor.clone().requires_grad_() for tensor in given]
    put_out = case.theirs(*learning)
    theirs = at_home("x", output)
    torch.testing.assert_close(put_out.detach(), theirs, rtol=1e-3, atol=1e-3)
    over = at_home("x", grad)

    def forward() -> object:
        with torch.inference_mode():
            return case.theirs(*given)

    def backward() -> object:
        return torch.autograd.grad(put_out, learning, over, retain_graph=True)

    def both() -> object:
        return torch.autograd.grad(case.theirs(*learning), learning, over)

    def our_both() -> object:
        return case.layer.forward(tensors), case.layer.backward(tensors, grad)

    works = (
        lambda: case.layer.forward(tensors),
        forward,
        lambda: case.layer.backward(tensors, grad),
        backward,
        our_both,
        both,
    )
    return fastest(*works), output.size * case.products


def main() -> None:
    if find_spec("torch") is None:
        print("PyTorch is not installed; it comes with the extra `benchmark`.")
        return
    import torch

    torch.set_num_threads(1)  # as the engine does with NumPy
    square = np.random.default_rng(0).normal(size=(2048, 2048)).astype(np.float32)
    product = 2048**3 / fastest(lambda: square @ square)[0]
    print(f"NumPy multiplies matrices at {2 * product / 1e6:.0f} GFLOPS; microseconds")
    heads = "forward", "PyTorch", "ratio", "of matmul", "backward", "PyTorch", "ratio", "both"
    row("", *heads, width=10)
    ratios: list[list[float]] = []
    for case in cases():
        times, products = compare(case)
        ratios.append([times[n] / times[n + 1] for n in (0, 2, 4)])
        share = f"{products / times[0] / product:.0%}" if products else ""
        ours, theirs, our_back, their_back = (f"{1000 * time:.1f}" for time in times[:4])
        forward, backward, both = (f"{ratio:.2f}" for ratio in ratios[-1])
        cells = ours, theirs, forward, share, our_back, their_back, backward, both
        row(case.name, *cells, width=10)
    forward, backward, both = (f"{mean:.2f}" for mean in np.exp(np.log(ratios).mean(0)))
    row("geometric mean", "", "", forward, "", "", "", backward, both, width=10)


if __name__ == "__main__":
    main()

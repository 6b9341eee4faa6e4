"""The engine beside PyTorch on the same processor, in one run.

``python -m tests.benchmarks.frameworks [--threads N] [--type float32|float64]`` prints a table;
it needs the extra ``benchmark``. Both sides have the same number of threads and the same type, and
every tensor lies in memory as its side has it at home: (H, W, C) here, (C, H, W) there. The two
are measured in turn, and of each the fastest round counts, which a busy machine disturbs least.

What PyTorch keeps of a forward pass, such as which cell won a pooling, spares its backward pass
much; a layer here keeps nothing and begins with the tensors. So both are shown: the gradients
alone, and a forward pass with them.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

ROUNDS, LEAST = 15, 0.004
"""Rounds of each, and the seconds that one takes at least."""

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

    from cnn_tutor.engine.layers.average_pooling2d import AveragePooling2D
    from cnn_tutor.engine.layers.conv2d import Conv2D
    from cnn_tutor.engine.layers.dense import Dense
    from cnn_tutor.engine.layers.max_pooling2d import MaxPooling2D
    from cnn_tutor.engine.layers.softmax import Softmax

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
    import numpy as np
    import torch

    if port == "kernel":
        array = array.transpose(3, 2, 0, 1) if array.ndim == 4 else array.T
    elif array.ndim > 2:
        array = np.moveaxis(array if array.ndim == 4 else array[None], -1, 1)
    tensor = torch.empty(array.shape, dtype=getattr(torch, str(array.dtype)))
    return tensor.copy_(torch.from_numpy(np.ascontiguousarray(array)))


def fastest(*works: Callable[[], object]) -> list[float]:
    """Return the seconds that each of some works takes, measured in turn."""

    def seconds(work: Callable[[], object], times: int) -> float:
        start = time.perf_counter()
        for _ in range(times):
            work()
        return (time.perf_counter() - start) / times

    for work in works:
        work()  # what is worked out once for a shape does not count
    times = [max(1, int(LEAST / seconds(work, 1))) for work in works]
    rounds = [
        [seconds(work, n) for work, n in zip(works, times, strict=True)] for _ in range(ROUNDS)
    ]
    return [min(one) for one in zip(*rounds, strict=True)]


def compare(case: Case, dtype: str) -> tuple[list[float], int]:
    """Return the seconds of forward and backward, ours and theirs in turn, and the products."""
    import numpy as np
    import torch

    rng = np.random.default_rng(0)
    tensors = {port: rng.normal(size=shape).astype(dtype) for port, shape in case.shapes.items()}
    output = case.layer.forward(tensors)
    grad = rng.normal(size=output.shape).astype(dtype)
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


def one_cell(dtype: str) -> tuple[float, float]:
    """Return the seconds of one changed cell here, and of computing all again there."""
    import numpy as np
    import torch
    from torch.nn import functional

    from cnn_tutor.engine.network import Evaluation
    from tests.benchmarks.set_cell import network

    rng = np.random.default_rng(0)
    net = network(1024, rng)
    x = rng.normal(size=(1024, 1024, 1)).astype(dtype)
    evaluation = Evaluation(net, x)
    tensors = {port: t.astype(dtype) for port, t in net.nodes[0].tensors.items()}
    given = [at_home(port, array) for port, array in {"x": x, **tensors}.items()]

    def edit() -> object:
        row, column = rng.integers(1024, size=2)
        return evaluation.set_cell("input", "x", (int(row), int(column), 0), float(rng.normal()))

    def again() -> object:
        with torch.inference_mode():
            return functional.max_pool2d(functional.relu(functional.conv2d(*given)), 2)

    ours, theirs = fastest(edit, again)
    return ours, theirs


def measure(threads: int, dtype: str) -> None:
    import numpy as np
    import torch
    from threadpoolctl import threadpool_limits

    import cnn_tutor.engine  # noqa: F401  # which has limited NumPy to one thread, first

    threadpool_limits(threads, "blas")
    torch.set_num_threads(threads)
    square = np.random.default_rng(0).normal(size=(2048, 2048)).astype(dtype)
    product = 2048**3 / fastest(lambda: square @ square)[0]
    print(
        f"{threads} thread(s), {dtype}; NumPy {np.__version__} multiplies matrices at "
        f"{2 * product / 1e9:.0f} GFLOPS; PyTorch {torch.__version__}; microseconds"
    )
    print(
        f"{'':>30} {'forward':>9} {'PyTorch':>9} {'ratio':>6} {'of matmul':>9} "
        f"{'backward':>9} {'PyTorch':>9} {'ratio':>6} {'both':>6}"
    )
    ratios: list[list[float]] = []
    for case in cases():
        times, products = compare(case, dtype)
        ratios.append([times[n] / times[n + 1] for n in (0, 2, 4)])
        share = f"{products / times[0] / product:.0%}" if products else ""
        micro = [1e6 * t for t in times]
        forward, backward, both = ratios[-1]
        print(
            f"{case.name:>30} {micro[0]:9.1f} {micro[1]:9.1f} {forward:6.2f} {share:>9} "
            f"{micro[2]:9.1f} {micro[3]:9.1f} {backward:6.2f} {both:6.2f}",
            flush=True,
        )
    table = np.array(ratios)
    forward, backward, both = np.exp(np.log(table).mean(0))
    print(
        f"{'geometric mean':>30} {'':>19} {forward:6.2f} {'':>29} {backward:6.2f} {both:6.2f}"
        f"   of forward and backward: {np.exp(np.log(table[:, :2]).mean()):.2f}"
    )
    ours, theirs = one_cell(dtype)
    print(
        f"one cell of 1024×1024 through convolution, ReLU and pooling: {ours * 1e6:.0f} µs; "
        f"PyTorch, all again: {theirs * 1e3:.1f} ms, {theirs / ours:.0f} ×"
    )


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--type", choices=("float32", "float64"), default="float32")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if find_spec("torch") is None:
        print("PyTorch is not installed; it comes with the extra `benchmark`.")
    elif options.here:
        measure(options.threads, options.type)
    else:
        # Each side is to take whatever instructions it finds, and not what somebody has chosen.
        chosen = ("OPENBLAS_CORETYPE", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
        environment = {key: value for key, value in os.environ.items() if key not in chosen}
        given = ("--threads", str(options.threads), "--type", options.type, "--here")
        command = [sys.executable, "-m", "tests.benchmarks.frameworks", *given]
        subprocess.run(command, env=environment, check=True)


if __name__ == "__main__":
    main()

"""What layers, cells, channels and blanks are called in a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cnn_tutor.engine.arrays import shapes_of
from cnn_tutor.engine.explanation import OUTPUT, STEP, Index, Shape, Step, Term
from cnn_tutor.engine.layer import Layer, settings_of
from cnn_tutor.engine.window import Window
from cnn_tutor.study import numbers, words
from cnn_tutor.study.exercise import PRODUCTS, STEPS, Blank, Exercise, Text

_TERMS_LIMIT = 5
"""Terms of a formula that are all written; of more, the middle is left out."""

_OF_WINDOWS = frozenset({"pool_size", "strides", "padding", "dilation_rate"})
"""Settings that the words about a window tell."""

_CIRCLED, _PLANE, _TABLE = 20, 2, 4
_PIXELS = ("red", "green", "blue")


def blank_name(exercise: Exercise, blank: Blank) -> Text:
    """Return what the learner knows a blank by: its label, or its tensor and its place there."""
    if blank.label:
        return blank.label
    if blank.port == STEPS:
        return _stage_name(exercise, blank.index[0])
    if blank.port == PRODUCTS:
        place = str(blank.index[1] + 1)
        return words.both(words.table("practice")["product"], place=place)
    return cell_name(exercise.layer, shapes_of(exercise.tensors), blank.port, blank.index)


def cell_name(layer: Layer, shapes: Mapping[str, Shape], port: str, index: Index) -> Text:
    """Return what a cell is called: "Output[1, 2] (CH1)", "Filter 2 [0, 1]".

    Its map is told only where there are several, as is the filter that a weight is of.
    """
    name, said = words.port_sides(layer.kind, port), words.table("practice")
    place, shape = _place(layer, shapes, port, index), _shape(layer, shapes, port)
    if _of_filters(layer, port, index) and shape[-1:] > (1,):
        return words.both(said["numbered_cell"], port=name, number=index[-1] + 1, place=place)
    return words.both(said["cell"], port=name, place=place)


def output_place(layer: Layer, shapes: Mapping[str, Shape], index: Index) -> Text:
    """Return where an output stands: "[1, 2]", and its map where there are several."""
    return _place(layer, shapes, OUTPUT, index)


def channel_name(layer: Layer, shapes: Mapping[str, Shape], channel: int) -> Text:
    """Return what a channel of the input is called: "R red" of pixels that are weighed, or "CH1".

    What is pooled or laid out at once are maps of something already.
    """
    pixels = type(layer).weights and shapes.get("x", ())[_PLANE:] == (len(_PIXELS),)
    return plain_channel_name(channel, bool(pixels))


def plain_channel_name(channel: int, pixels: bool = False) -> Text:
    """Return what a channel is called by its number alone: "CH1", or "R red" of ``pixels``."""
    layers = words.table("layers")
    if pixels and channel < len(_PIXELS):
        return dict(layers[_PIXELS[channel]])
    return words.both(layers["channel"], number=channel + 1)


def kind_name(kind: str) -> Text:
    """Return what a kind of layer is called, in both languages; by its tag if nobody says."""
    entry = words.table("kinds").get(kind, {})
    return {side: str(entry.get(side, kind)) for side in words.LANGUAGES}


def described(layer: Layer, shapes: Mapping[str, Shape]) -> Text:
    """Return a layer's name with its settings: "Convolution, stride 2, no padding".

    How a window moves is told in plain words, with what Keras calls it where that is no number.
    """
    said = words.table("moves")
    windows = layer.windows(shapes)
    parts = [moves(layer, windows)] if len(windows) == _PLANE else []
    if windows and not type(layer).weights:  # or it is as large as the weights that are seen
        parts.insert(0, words.both(said["window"], k=tuple(window.size for window in windows)))
    hidden = _hidden(layer) | (_OF_WINDOWS if windows else set())
    for field in settings_of(layer):
        value = getattr(layer, field.name)
        usual = value == field.default and value == 1 and value is not True
        if field.name not in hidden and not usual:
            parts.append(_setting(field.name, value))
    told = kind_name(layer.kind)
    for part in parts:
        told = words.both(said["with"], told=told, part=part)
    return told


def moves(layer: Layer | None, windows: Sequence[Window]) -> Text:
    """Return how a window over rows and columns moves: stride, padding and dilation."""
    told, *others = _moves(layer, windows)
    for part in others:
        told = words.both(words.table("moves")["with"], told=told, part=part)
    return told


def short_moves(layer: Layer | None, windows: Sequence[Window]) -> tuple[Text, ...]:
    """Return the same in short, each part by itself."""
    return tuple(_moves(layer, windows, "_short"))


def _moves(layer: Layer | None, windows: Sequence[Window], short: str = "") -> Iterator[Text]:
    said = words.table("moves")
    (top, bottom), (left, right) = (window.pads for window in windows)
    strides, rates = (
        tuple(getattr(window, name) for window in windows) for name in ("stride", "dilation")
    )
    sides = {"top": top, "bottom": bottom, "left": left, "right": right}
    even, same = top == bottom == left == right, getattr(layer, "padding", None) == "same"
    if strides[0] == strides[1]:
        yield words.both(said["stride"], stride=strides[0])
    else:
        yield words.both(said[f"strides{short}"], rows=strides[0], columns=strides[1])
    if same:
        yield words.both(said[f"same_even{short}" if even else f"same{short}"], **sides, pad=top)
    elif even:
        yield words.both(said["padding" if top else "no_padding"], pad=top)
    else:
        yield words.both(said[f"sides{short}"], **sides)
    if max(rates) > 1:
        yield words.both(said["dilation"], rate=rates if rates[0] != rates[1] else rates[0])


def _setting(name: str, value: object) -> Text:
    """Return one setting by its name and value; a switch by what it stands for."""
    known, said = words.table("layers"), words.table("moves")
    if name in said and isinstance(value, bool):
        return dict(said[name if value else f"not_{name}"])
    called = known.get(name, dict.fromkeys(words.LANGUAGES, name))
    return {side: f"{called[side]} {value}" for side in words.LANGUAGES} | {
        "en": f"{called['en'].lower()} {value}"
    }


def _place(layer: Layer, shapes: Mapping[str, Shape], port: str, index: Index) -> Text:
    shape = _shape(layer, shapes, port)
    end = _PLANE if _of_filters(layer, port, index) else max(len(index) - 1, _PLANE)
    known = len(shape) == len(index) > _PLANE
    place = f"[{', '.join(map(str, index[:end] if known else index))}]"
    if not known or shape[end] == 1:
        return dict.fromkeys(words.LANGUAGES, place)
    read = port == "x" or port in type(layer).weights
    name = channel_name(layer, shapes, index[end]) if read else plain_channel_name(index[end])
    return words.both(words.table("practice")["in_map"], place=place, map=name)


def _shape(layer: Layer, shapes: Mapping[str, Shape], port: str) -> Shape:
    """Return the shape of a port; of the output that which follows, if it can be known."""
    if port == OUTPUT and set(layer.inputs) <= set(shapes):
        return layer.output_shape(shapes)
    return shapes.get(port, ())


def _of_filters(layer: Layer, port: str, index: Index) -> bool:
    return port in type(layer).weights and len(index) == _TABLE


def _hidden(layer: Layer) -> set[str]:
    """Return the settings that only draw numbers that are there to be seen."""
    drawn = {name for names in type(layer).drawn.values() for name in names}
    return {f.name for f in settings_of(layer) if f.name in drawn and "share" not in f.metadata}


def _stage_name(exercise: Exercise, place: int) -> Text:
    """Name the sum of a channel by it, and any other stage by what is computed in it."""
    step = exercise.layer.explain(exercise.tensors, exercise.at).steps[place]
    first = step.terms[0]
    read = next((cell for cell in first.factors if cell.port == "x"), None)
    if read is None or len(first.factors) < 2 or len(read.index) <= _PLANE:
        return dict.fromkeys(words.LANGUAGES, f"{stage_sign(place)} {stage_formula(step)}")
    sign = words.table("folds")[step.fold]["sign"]
    name = channel_name(exercise.layer, shapes_of(exercise.tensors), read.index[_PLANE])
    return {side: f"{sign[side]} {name[side]}" for side in words.LANGUAGES}


def stage_sign(place: int) -> str:
    """Return the sign that stands for the result of a step."""
    return chr(ord("①") + place) if place < _CIRCLED else f"({place + 1})"


def stage_formula(step: Step) -> str:
    """Write what a step makes of earlier results, and of numbers, without any result."""
    fold = words.table("folds")[step.fold]
    terms = [_term(term) for term in step.terms]
    if len(terms) > _TERMS_LIMIT:
        terms = [*terms[:2], "…", terms[-1]]
    close = fold["close"].format(count=len(step.terms))
    joined = fold["between"].join(terms).replace(f" + {numbers.MINUS}", f" {numbers.MINUS} ")
    opened = fold["open"]
    if opened.endswith("^(") and joined.isalnum():  # a power of one sign needs no brackets: e^2
        return f"{opened.removesuffix('(')}{joined}{close.removeprefix(')')}"
    return f"{opened}{joined}{close}"


def _term(term: Term) -> str:
    factors = [
        stage_sign(cell.index[0]) if cell.port == STEP else numbers.brief(cell.value)
        for cell in term.factors
    ]
    scaled = not factors or abs(term.scale) != 1
    if scaled:
        factors.insert(0, numbers.brief(term.scale))
    first, *others = factors
    written = "·".join([first, *map(_bracketed, others)])
    if scaled or term.scale > 0 or written == "0":
        return written
    turned = written.removeprefix(numbers.MINUS)
    return turned if turned != written else f"{numbers.MINUS}{written}"


def _bracketed(factor: str) -> str:
    return f"({factor})" if factor.startswith(numbers.MINUS) else factor

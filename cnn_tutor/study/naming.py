"""What the blanks of an exercise are called: by their label, or by where they stand."""

from __future__ import annotations

from cnn_tutor.engine.explanation import STEP, Index, Step, Term
from cnn_tutor.study import numbers, words
from cnn_tutor.study.exercises.exercise import OUTPUT, PRODUCTS, STEPS, Blank, Exercise, Text

_FEW, _CIRCLED, _PLANE = 5, 20, 2
_PIXELS = ("red", "green", "blue")


def blank_name(exercise: Exercise, blank: Blank) -> Text:
    """Return what the learner knows a blank by: its label, or its tensor and its place there."""
    if blank.label:
        return blank.label
    if blank.port == STEPS:
        return _stage_name(exercise, blank.index[0])
    port = words.port_sides(exercise.layer.kind, blank.port)
    if blank.port == PRODUCTS:
        place = str(blank.index[1] + 1)
        return words.both(words.table("practice")["product"], port=port, place=place)
    place = ",".join(map(str, _told_index(exercise, blank.port, blank.index)))
    return words.both(words.table("practice")["cell"], port=port, place=place)


def _told_index(exercise: Exercise, port: str, index: Index) -> Index:
    """Leave out the axes after rows and columns that have but one place: they say nothing."""
    shape = exercise.tensors[port].shape if port in exercise.tensors else ()
    if port == OUTPUT and exercise.tensors:
        shapes = {name: tensor.shape for name, tensor in exercise.tensors.items()}
        shape = exercise.layer.output_shape(shapes)
    if len(shape) != len(index):
        return index
    later = zip(index[_PLANE:], shape[_PLANE:], strict=True)
    return (*index[:_PLANE], *(i for i, n in later if n > 1))


def _stage_name(exercise: Exercise, place: int) -> Text:
    """Name the sum of a channel by it, and any other stage by what is computed in it."""
    step = exercise.layer.explain(exercise.tensors, exercise.at).steps[place]
    first = step.terms[0]
    read = next((cell for cell in first.factors if cell.port == "x"), None)
    if read is None or len(first.factors) < 2 or len(read.index) <= _PLANE:
        return dict.fromkeys(words.LANGUAGES, f"{stage_sign(place)} {stage_formula(step)}")
    sign = words.table("folds")[step.fold]["sign"]
    channel, layers = read.index[_PLANE], words.table("layers")
    name: Text = words.both(layers["channel"], number=channel + 1)
    if exercise.tensors["x"].shape[_PLANE:] == (len(_PIXELS),):
        name = layers[_PIXELS[channel]]
    return {side: f"{sign} {name[side]}" for side in words.LANGUAGES}


def stage_sign(place: int) -> str:
    """Return the sign that stands for the result of a step."""
    return chr(ord("①") + place) if place < _CIRCLED else f"({place + 1})"


def stage_formula(step: Step) -> str:
    """Write what a step makes of earlier results, and of numbers, without any result."""
    fold = words.table("folds")[step.fold]
    terms = [_term(term) for term in step.terms]
    if len(terms) > _FEW:
        terms = [*terms[:2], "…", terms[-1]]
    close = fold["close"].format(count=len(step.terms))
    joined = fold["between"].join(terms).replace(f" + {numbers.MINUS}", f" {numbers.MINUS} ")
    return f"{fold['open']}{joined}{close}"


def _term(term: Term) -> str:
    written = "·".join(
        stage_sign(cell.index[0]) if cell.port == STEP else numbers.brief(cell.value)
        for cell in term.factors
    )
    if not written:
        return numbers.brief(term.scale)
    if abs(term.scale) != 1:
        return f"{numbers.brief(term.scale)}·{written}"
    if term.scale < 0:
        return (
            written.removeprefix(numbers.MINUS)
            if written[0] == numbers.MINUS
            else f"{numbers.MINUS}{written}"
        )
    return written

"""Every word of the glossary is there in both languages, and is found by any of its names."""

from __future__ import annotations

import itertools
import re

import numpy as np
import pytest

from cnn_tutor.engine.registry import layer_kinds
from cnn_tutor.study import words
from cnn_tutor.study.boards.presets import Preset, presets
from cnn_tutor.study.glossary import Term, find, glossary, linked, listed

KEYS = {"term", "reading", "also", "meaning", "keras", "pytorch", "see"}
KANJI = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(params=glossary().values(), ids=glossary())
def term(request: pytest.FixtureRequest) -> Term:
    return request.param


def keys(terms: list[Term]) -> list[str]:
    return [term.key for term in terms]


def test_a_term_is_complete_in_both_languages(term: Term, language: str) -> None:
    assert set(term.content) <= KEYS
    assert re.fullmatch(r"[a-z][a-z0-9_]*", term.key)
    assert term.term
    assert term.other_term
    assert term.also
    assert all(name.strip() == name and name for name in term.also)
    japanese = re.search(r"[\u3040-\u9fff]", term.meaning)
    assert bool(japanese) == (language == "ja")
    assert term.meaning.endswith("。" if language == "ja" else ".")
    assert 10 <= len(term.meaning) <= {"ja": 150, "en": 290}[language]


def test_names_in_english_are_plain_letters(term: Term) -> None:
    for text in (
        term.content["term"]["en"],
        term.content["also"]["en"],
        term.content["meaning"]["en"],
    ):
        assert text.translate(dict.fromkeys(map(ord, "×−÷·"))).isascii(), text


def test_what_has_kanji_says_how_it_is_read(term: Term) -> None:
    reading = term.content.get("reading", "")
    assert bool(reading) or not KANJI.match(term.content["term"]["ja"])
    assert re.fullmatch(r"[ぁ-んー]*", reading)


def test_terms_to_read_next_are_there(term: Term) -> None:
    assert 1 <= len(term.see) <= 4
    assert len(set(term.see)) == len(term.see)
    assert set(term.see) <= set(glossary()) - {term.key}


def test_every_term_can_be_come_to_from_another() -> None:
    reached = {key for term in glossary().values() for key in term.see}
    assert set(glossary()) - reached <= {"edge", "weighted_mean", "batch", "rgb", "cell", "cnn"}


def test_no_two_terms_share_a_name(language: str) -> None:
    names = [n.casefold() for term in glossary().values() for n in (term.term, *term.also)]
    assert len(set(names)) == len(names), [n for n in names if names.count(n) > 1]


def test_both_sides_are_said(language: str) -> None:
    stride = glossary()["stride"]
    here, there = ("ストライド", "stride") if language == "ja" else ("stride", "ストライド")
    assert (stride.term, stride.other_term) == (here, there)
    assert stride.also == (("歩幅",) if language == "ja" else ("step",))
    assert glossary()["filter"].also[0] == ("フィルター" if language == "ja" else "feature filter")


@pytest.mark.parametrize(
    ("key", "keras", "pytorch"),
    [
        ("stride", "strides", "stride"),
        ("padding", "padding", "padding"),
        ("same", '"same"', '"same"'),
        ("valid", '"valid"', "padding=0"),
        ("dilation", "dilation_rate", "dilation"),
        ("groups", "groups", "groups"),
        ("kernel_width", "kernel_size", "kernel_size"),
        ("bias", "use_bias", "bias"),
        ("rate", "rate=0.5", "p=0.5"),
    ],
)
def test_settings_are_written_as_in_the_libraries(key: str, keras: str, pytorch: str) -> None:
    assert keras in glossary()[key].keras
    assert pytorch in glossary()[key].pytorch


@pytest.mark.parametrize("kind", layer_kinds().values(), ids=layer_kinds())
def test_every_kind_of_layer_has_a_term_with_its_words_in_the_libraries(kind) -> None:
    layer, tensors = kind.sample(np.random.default_rng(0), 1)
    parts = layer.parts(tensors, "one")
    codes = {
        "Keras": [term.keras for term in glossary().values()],
        "PyTorch": [term.pytorch for term in glossary().values()],
    }
    for library, written in codes.items():
        texts = [text for module in parts[library].modules for text in (module.made, module.why)]
        classes = re.findall(r"(?:keras\.layers|nn)\.(\w+)", " ".join(texts))
        classes = [name for name in classes if name not in ("Lambda", "ZeroPadding2D")]
        assert classes
        assert any(name in code for name in classes for code in written), classes
    names = {text for term in glossary().values() for text in term.content["term"].values()}
    for side in words.LANGUAGES:
        name = words.table("kinds")[kind.kind][side]
        assert any(name.casefold().startswith(part.casefold()) for part in names), name


# --- looking up --------------------------------------------------------------------------------


def test_all_are_listed_as_in_a_dictionary(language: str) -> None:
    terms = listed()
    assert set(keys(terms)) == set(glossary())
    assert keys(find("  ")) == keys(terms)
    place = {term.key: n for n, term in enumerate(terms)}
    order = {
        "ja": ["im2col", "relu", "weight", "rank", "kernel", "stride", "dense", "filter", "window"],
        "en": ["bias", "cell", "channel", "dense", "im2col", "kernel", "rank", "relu", "window"],
    }[language]
    assert [place[key] for key in order] == sorted(place[key] for key in order)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("stride", "stride"), ("STRIDE", "stride"), ("strides", "stride"),
        ("ストライド", "stride"), ("ｽﾄﾗｲﾄﾞ", "stride"), ("ｓｔｒｉｄｅ", "stride"),
        ("すとらいど", "stride"), (" すとら ", "stride"),
        ("畳み込み", "convolution"), ("たたみこみ", "convolution"), ("conv2d", "convolution"),
        ("maxpool2d", "max_pooling"), ("Max Pooling", "max_pooling"),
        ("max-pooling", "max_pooling"), ("マックスプーリング", "max_pooling"),
        ("nn.Linear", "dense"), ("fully connected", "dense"), ("1x1", "pointwise"),
        ("1×1", "pointwise"), ("kernel_size", "kernel_width"), ("特徴地図", "feature_map"),
        ("素子", "unit"), ("感", None), ("no such word", None),
    ],
)  # fmt: skip
def test_a_term_is_found_by_any_of_its_names(language: str, text: str, key: str | None) -> None:
    found = keys(find(text))
    assert (key in found) if key else not found


@pytest.mark.parametrize("text", ["pooling", "filter", "畳み込み", "same", "Conv2D"])
def test_the_best_comes_first(language: str, text: str) -> None:
    first = {"畳み込み": "convolution", "Conv2D": "convolution"}.get(text, text)
    assert keys(find(text))[0] == first


def test_every_name_finds_its_term(term: Term, language: str) -> None:
    codes = [code for code in (term.keras, term.pytorch) if code]
    for name in itertools.chain([term.term, term.other_term], term.also, codes):
        assert term in find(name), name


# --- captions ----------------------------------------------------------------------------------


@pytest.mark.parametrize("preset", presets().values(), ids=presets())
def test_captions_link_the_same_terms_in_both_languages(preset: Preset) -> None:
    caption = preset.content["caption"]
    ja, en = linked(caption["ja"]), linked(caption["en"])
    assert sorted(ja) == sorted(en)
    assert len(set(ja)) == len(ja) <= 2
    assert set(ja) <= set(glossary())
    for side in caption.values():
        assert side.count("[") == side.count("](") == side.count("]") == len(ja)

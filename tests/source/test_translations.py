from __future__ import annotations

import os
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import PySide6
import pytest
from PySide6.QtCore import QTranslator

from cnn_tutor.bundled import bundled

TS = bundled("i18n", "cnn_tutor_ja.ts")
PACKAGE = Path(__file__).resolve().parents[2] / "cnn_tutor"


def messages(path: Path) -> dict[tuple[str, str], ElementTree.Element]:
    contexts = ElementTree.parse(path).getroot().iter("context")
    return {
        (context.findtext("name", ""), message.findtext("source", "")): message
        for context in contexts
        for message in context.iter("message")
    }


def lupdate() -> Path:
    return next(p for p in Path(PySide6.__file__).parent.rglob("lupdate*") if p.is_file())


def starts(program: Path) -> bool:
    return subprocess.run([program, "-version"], capture_output=True).returncode == 0


def test_nothing_is_left_untranslated() -> None:
    for (context, source), message in messages(TS).items():
        translation = message.find("translation")
        assert translation is not None
        assert translation.get("type") is None, f"{context}: {source}"
        assert (translation.text or "").strip(), f"{context}: {source}"


def test_a_translation_has_the_same_places_for_values() -> None:
    for (_, source), message in messages(TS).items():
        translation = message.findtext("translation", "")
        for place in ("{what}", "{port}", "{cell}", "{pattern}"):
            assert (place in source) == (place in translation), source


def test_the_compiled_translations_are_those_of_the_source_file(qapp) -> None:
    translator = QTranslator()
    assert translator.load(str(bundled("i18n", "cnn_tutor_ja.qm")))
    for (context, source), message in messages(TS).items():
        assert translator.translate(context, source) == message.findtext("translation"), source


@pytest.mark.skipif(
    "CI" not in os.environ and not starts(lupdate()),
    reason="lupdate needs libraries that the program does not, such as libgssapi_krb5.so.2",
)
def test_every_text_in_the_source_is_in_the_file_and_no_other(tmp_path) -> None:
    fresh = tmp_path / "fresh.ts"
    sources = [str(path) for path in sorted(PACKAGE.rglob("*.py"))]
    subprocess.run([str(lupdate()), *sources, "-ts", str(fresh)], check=True, capture_output=True)
    assert messages(fresh).keys() == messages(TS).keys()

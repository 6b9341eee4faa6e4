"""Strings and JSON that other programs have stumbled over, and some of our own."""

from __future__ import annotations

import json
from pathlib import Path

_DATA = Path(__file__).parent / "hostile"

OWN_STRINGS = (
    "a\nb",
    "a\r\n\tb",
    "\0",
    "\x1b[31m",
    "\u202egnp.exe",
    "\u2066\u2069",
    "\ufeff",
    "\u2028\u2029",
    "x" * 100_000,
    "<img src='file:///etc/passwd'>",
    '<img src="../../x.png"><b>',
    "![](../../x.png)",
    "[a](file:///etc/passwd)",
    "[a](javascript:alert(1))",
    "[a](http://example.org)",
    "<a href='file:///'>x</a>",
    "{text}{}{0}{text.__class__}",
    "%s%n%(x)s",
    "&amp;&lt;&",
    "Z" + "\u0335" * 200,
    "\U0010ffff\ufffe",
    "９" * 10_000,
    "9" * 10_000,
)


def strings() -> list[str]:
    """Return the big list of naughty strings, and ours."""
    return [*json.loads((_DATA / "naughty_strings.json").read_text("utf-8")), *OWN_STRINGS]


def documents() -> dict[str, bytes]:
    """Return JSON that is sound (y), broken (n) or neither (i), by its name."""
    cases = json.loads((_DATA / "json_test_suite.json").read_text("utf-8"))
    return {name: text.encode("utf-8", "surrogatepass") for name, text in cases.items()} | OWN


OWN = {
    "n_empty": b"",
    "n_blank": b" \n\t ",
    "n_nul": b"\0",
    "n_utf8_cut": b'["\xe3\x81"]',
    "n_utf8_overlong": b'["\xc0\xaf"]',
    "n_utf8_surrogate": b'["\xed\xa0\x80"]',
    "n_latin1": b'["\xe9"]',
    "n_bom": b"\xef\xbb\xbf{}",
    "n_utf16": '{"format":"cnn-tutor"}'.encode("utf-16"),
    "n_utf32": '{"format":"cnn-tutor"}'.encode("utf-32"),
    "n_arrays": b"[" * 100_000,
    "i_arrays": b"[" * 100_000 + b"]" * 100_000,
    "n_objects": b'{"":' * 100_000,
    "n_arrays_of_objects": b'[{"":' * 50_000,
    "i_digits": b"9" * 10**6,
    "i_fraction": b"0." + b"1" * 10**6,
    "i_exponent": b"1e" + b"9" * 10**6,
    "i_string": b'"' + b"x" * 10**6 + b'"',
    "i_escapes": b'"' + b"\\u0000" * 10**5 + b'"',
    "n_quotes": b'"' * 10**6,
    "n_commas": b"," * 10**6,
    "n_binary": bytes(range(256)) * 40,
}

"""The example in the description of the format."""

from __future__ import annotations

import re

from cnn_tutor.bundled import bundled


def example() -> str:
    """Return the lesson that stands in ``resources/lessons/README.md``."""
    text = bundled("lessons", "README.md").read_text("utf-8")
    (found,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    return found

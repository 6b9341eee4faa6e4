"""The lesson that the README of the lessons shows."""

from __future__ import annotations

import re

from cnn_tutor.bundled import bundled

README = bundled("lessons", "README.md").read_text("utf-8")
(EXAMPLE,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)

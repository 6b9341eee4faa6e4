from __future__ import annotations

import pytest

from cnn_tutor.app.style import appearance
from cnn_tutor.widgets.style.legend import Legend
from cnn_tutor.widgets.style.shades import shade


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_legend_shows_the_scale_from_end_to_end(qtbot, theme) -> None:
    appearance.apply(theme)
    legend = Legend()
    qtbot.addWidget(legend)
    legend.set_caption("up to the largest")
    legend.show()
    assert legend.accessibleName() == "up to the largest"
    picture = legend.grab().toImage()
    assert picture.pixelColor(12, 6) == shade(-1, 1)
    assert picture.pixelColor(12 + 159, 6) == shade(1, 1)

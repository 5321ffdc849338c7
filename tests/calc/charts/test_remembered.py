"""What is remembered while a chart is drawn leaves it as matplotlib draws it with nothing remembered."""

from __future__ import annotations

import io
from typing import Any

import pytest
from matplotlib.axis import XAxis, YAxis
from matplotlib.backend_bases import FigureCanvasBase
from matplotlib.backends.backend_svg import RendererSVG

from calc.charts import all_charts, axes, base, style
from tests.sampling import sample


class Plain(RendererSVG):
    """Matplotlib's own, with the page that it draws on."""

    def __init__(self, figure: Any) -> None:
        self.page = io.StringIO()
        wide, high = (72 * length for length in figure.get_size_inches())
        super().__init__(wide, high, self.page, metadata={"Date": None, "Creator": None})  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("chart", sample(all_charts(), 4, "charts remembered"), ids=lambda chart: chart.id)
def test_a_chart_has_the_bytes_that_matplotlib_gives_it(chart: base.Chart, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = [chart.on_page(narrow) for narrow in (False, True)]
    monkeypatch.setattr(axes, "axis_classes", lambda: (XAxis, YAxis))
    monkeypatch.setattr(style, "surface", FigureCanvasBase)
    monkeypatch.setattr(base, "pen", Plain)
    assert ours == [chart.on_page(narrow) for narrow in (False, True)]

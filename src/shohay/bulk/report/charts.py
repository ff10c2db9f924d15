"""Charts of a report as SVG, drawn by matplotlib: Bangla shaped right, letters as outlines, the same bytes each time.

One palette of six that colour-blind readers can tell apart (the same as web/static/charts.js), one hue for maps; a
chart with several series has hatching too, so that colour never stands alone.
"""

from __future__ import annotations

import io
import itertools
import json
import textwrap
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from shohay.bulk.report.fonts import FAMILIES, FOLDER, REGULAR
from shohay.core.report.model import Chart
from shohay.core.report.text import shown

PALETTE = ("#006a4e", "#d98200", "#1f5fa8", "#b0407c", "#5aa9d6", "#6b6b6b")
HATCHES = ("", "//", "..", "xx", "\\\\", "--")
SHADES = ("#b9dacd", "#7fbda6", "#3f9679", "#006a4e", "#003d2c")
INK, GRID, GREY = "#17212b", "#e3e8e6", "#e7ebe9"
BOUNDARIES = Path(__file__).resolve().parents[2] / "data" / "boundaries" / "districts.geojson"
WIDTH = 7.0  # inches
LATITUDE = 0.92  # a degree of longitude is this much shorter at 24 degrees north
STYLE: Any = {
    "font.family": list(FAMILIES), "font.size": 9.0, "text.color": INK, "axes.labelcolor": INK, "xtick.color": INK,
    "ytick.color": INK, "axes.edgecolor": "#9aa5a0", "svg.fonttype": "path", "svg.hashsalt": "shohay",
    "hatch.color": "#ffffff", "hatch.linewidth": 0.6,
}  # fmt: skip


def svg(chart: Chart, language: str) -> bytes:
    """The picture of a chart; ValueError for a kind that nobody draws."""
    if chart.kind not in DRAWN:
        raise ValueError(f"not a kind of chart: {chart.kind}")
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    _register()
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, _height(chart)), layout="constrained")
        FigureCanvasSVG(figure)
        axes = figure.add_subplot()
        DRAWN[chart.kind](axes, chart, language)
        out = io.BytesIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return out.getvalue()


@cache
def _register() -> None:
    from matplotlib import font_manager

    for name in REGULAR:
        font_manager.fontManager.addfont(FOLDER / name)


def _height(chart: Chart) -> float:
    if chart.kind == "map":
        return 6.4
    if chart.kind in ("line", "column"):
        return 3.0
    legend = 0.4 if len(chart.series) > 1 else 0.0
    return 0.5 + legend + sum(0.3 + 0.13 * (len(_wrapped(label).split("\n")) - 1) for label in chart.labels)


def _wrapped(label: str) -> str:
    return "\n".join(textwrap.wrap(label, 34)) or label


def _bare(axes: Any, grid: str) -> None:
    """Only what helps to read: no frame, thin lines across the values."""
    for side in ("top", "right", "left" if grid == "x" else "top"):
        axes.spines[side].set_visible(False)
    axes.grid(axis=grid, color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(length=0)


def _numbered(axis: Any, kind: str, language: str) -> None:
    """Ticks in the digits of the language; those of taka whole."""
    plain = "count" if kind == "crore" else kind
    axis.set_major_formatter(lambda value, _at: shown(round(value, 4), plain, language))


def _bars(axes: Any, chart: Chart, language: str) -> None:
    at = range(len(chart.labels))
    left = [0.0] * len(chart.labels)
    for number, series in enumerate(chart.series):
        values = [value or 0.0 for value in series.values]
        several = len(chart.series) > 1
        axes.barh(at, values, left=left, height=0.66, color=PALETTE[number % 6], label=series.name, linewidth=0,
                  hatch=HATCHES[number % 6] if several else "")  # fmt: skip
        left = [start + value for start, value in zip(left, values, strict=True)]
    if len(chart.series) == 1:
        for place, value in zip(at, chart.series[0].values, strict=True):
            axes.annotate(shown(value, chart.values, language), (value or 0, place), (3, 0), textcoords="offset points",
                          va="center", fontsize=8)  # fmt: skip
    else:
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, frameon=False, fontsize=8.5, borderaxespad=0.2)
    axes.set_yticks(list(at), [_wrapped(label) for label in chart.labels])
    axes.invert_yaxis()
    axes.margins(x=0.12 if len(chart.series) == 1 else 0.02, y=0.02)
    axes.set_xlabel(chart.unit)
    axes.locator_params(axis="x", nbins=6)
    _numbered(axes.xaxis, chart.values, language)
    _bare(axes, "x")


def _columns(axes: Any, chart: Chart, language: str) -> None:
    """Upright bars beside one another, a group a label."""
    width = 0.8 / len(chart.series)
    for number, series in enumerate(chart.series):
        at = [place + (number - (len(chart.series) - 1) / 2) * width for place in range(len(chart.labels))]
        axes.bar(at, [value or 0.0 for value in series.values], width=width * 0.92, color=PALETTE[number % 6],
                 label=series.name, linewidth=0, hatch=HATCHES[number % 6 if len(chart.series) > 1 else 0])  # fmt: skip
    if len(chart.series) > 1:
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False, fontsize=8.5, borderaxespad=0.2)
    axes.set_xticks(range(len(chart.labels)), chart.labels)
    axes.set_ylabel(chart.unit)
    _numbered(axes.yaxis, "index" if chart.values == "decimal" else chart.values, language)
    _bare(axes, "y")


def _lines(axes: Any, chart: Chart, language: str) -> None:
    labels = [shown(label, "year", language) for label in chart.labels]
    for number, series in enumerate(chart.series):
        axes.plot(labels, list(series.values), color=PALETTE[number % 6], linewidth=2, label=series.name,
                  marker="os^Dp*"[number % 6], markersize=5)  # fmt: skip
    if len(chart.series) > 1:
        axes.legend(frameon=False, fontsize=8.5)
    axes.set_ylim(bottom=0)
    axes.set_ylabel(chart.unit)
    axes.tick_params(axis="x", rotation=45)
    _numbered(axes.yaxis, chart.values, language)
    _bare(axes, "y")


def _map(axes: Any, chart: Chart, language: str) -> None:
    """Districts in five classes of equal width; grey where there is no value."""
    from matplotlib.collections import PolyCollection
    from matplotlib.patches import Patch

    values = dict(zip(chart.labels, chart.series[0].values, strict=True))
    known = [value for value in values.values() if value is not None]
    limits = classes(known)
    polygons, colours = [], []
    for code, rings in shapes():
        for ring in rings:
            polygons.append(ring)
            colours.append(_shade(values.get(code), limits))
    axes.add_collection(PolyCollection(polygons, facecolors=colours, edgecolors="#ffffff", linewidths=0.5))
    axes.autoscale_view()
    axes.set_aspect(1 / LATITUDE)
    axes.axis("off")
    handles = [
        Patch(color=SHADES[at], label=f"{shown(low, chart.values, language)} – {shown(high, chart.values, language)}")
        for at, (low, high) in enumerate(itertools.pairwise(limits))
    ]
    axes.legend(handles=handles, title=chart.series[0].name, loc="lower left", frameon=False, fontsize=8.5)


def classes(known: Sequence[float]) -> list[float]:
    """The six limits of five classes of equal width between the smallest and the largest value."""
    low, high = min(known), max(known)
    if low == high:
        low, high = 0.0, high or 1.0
    return [low + (high - low) * step / 5 for step in range(6)]


def _shade(value: float | None, limits: list[float]) -> str:
    if value is None:
        return GREY
    above = sum(value >= limit for limit in limits[:5])
    return SHADES[max(above, 1) - 1]


@cache
def shapes() -> list[tuple[str, list[list[tuple[float, float]]]]]:
    """(code, outer rings) of the 64 districts."""
    found = []
    for feature in json.loads(BOUNDARIES.read_text(encoding="utf-8"))["features"]:
        geometry = feature["geometry"]
        parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        found.append((feature["properties"]["code"], [[(x, y) for x, y in part[0]] for part in parts]))
    return found


DRAWN = {"bar": _bars, "stacked": _bars, "column": _columns, "line": _lines, "map": _map}

"""Reading the values of indicators: the newest computed run, the verified submissions, targets, and the scoreboard."""

from __future__ import annotations

from typing import Any

from shohay.core.indicator_states import Milestones, judge
from shohay.core.indicators import public
from shohay.stages.accounts.officer import Officer
from shohay.stages.results.models import Indicator
from shohay.stages.results.models_values import IndicatorRun, IndicatorTarget, IndicatorValue, Submission

YEAR = "2024-25"
RECENT = 12  # runs whose values a series is made of: each run has all years unless it was asked for one


def latest_run() -> IndicatorRun | None:
    """The newest computation; None before the first."""
    return IndicatorRun.objects.order_by("-id").first()


def recent_runs() -> list[int]:
    """The newest runs by number: values are found by the key that begins with the run."""
    return list(IndicatorRun.objects.order_by("-id").values_list("id", flat=True)[:RECENT])


def scoreboard(officer: Officer, *, fiscal_year: str = YEAR, area: str = "") -> list[dict[str, Any]]:
    """Every indicator with its value of the year: code, name_bn, name_en, level, unit, direction, core, value, target,
    baseline, state, as_of, source ('computed' | 'submitted'), run (number or None), value_state, ministry.

    ``state`` is 'met' | 'on_track' | 'behind' | 'no_target' (a value, and nothing to compare it with) | 'no_value'.
    ``value_state`` is '' | 'undefined' (the denominator is 0); ``example``: reported to show the
    screens. An officer without 'indicator.view' gets nothing.
    """
    if not officer.may("indicator.view") and not officer.may("dashboard.view"):
        return []
    run = latest_run()
    computed = _computed(run, fiscal_year, area)
    submitted = _submitted(fiscal_year) if area == "" else {}
    aims = milestones()
    return [
        _scored(row, run, computed.get(row.code), submitted.get(row.code), aims[row.code], fiscal_year)
        for row in Indicator.objects.order_by("code")
    ]


def _computed(run: IndicatorRun | None, year: str, area: str) -> dict[str, IndicatorValue]:
    if run is None:
        return {}
    rows = IndicatorValue.objects.filter(run=run, fiscal_year=year, area_code=area, group="")
    return {row.code: row for row in rows.order_by("code")}


def _submitted(year: str) -> dict[str, dict[str, Any]]:
    """What the verified submissions of a year give together: a national figure, or the sum of the ministries'."""
    rows = Submission.objects.filter(fiscal_year=year, state="verified").order_by("code", "ministry_code")
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        held = found.setdefault(row.code, {"rows": [], "as_of": row.measured_on})
        held["rows"].append(row)
        held["as_of"] = max(held["as_of"], row.measured_on)
    return {
        code: {
            "value": together(held["rows"]),
            "as_of": held["as_of"],
            "example": any(row.example for row in held["rows"]),
        }
        for code, held in found.items()
    }


def together(rows: list[Submission]) -> float | None:
    """The value of several offices' figures: that of a national one, else sums over sums in the rows' own scale."""
    national = [row for row in rows if not row.ministry_code]
    if national or len(rows) == 1:
        return (national or rows)[0].value
    part, whole = sum(row.numerator for row in rows), sum(row.denominator for row in rows)
    scales = [
        row.value * row.denominator / row.numerator for row in rows if row.value and row.numerator and row.denominator
    ]
    return scales[0] * part / whole if whole and scales else (0.0 if whole else None)


def milestones() -> dict[str, Milestones]:
    """Baseline and targets of every indicator: those of its document, and over them those set by an officer."""
    found = {}
    for code, document in Indicator.objects.values_list("code", "document"):
        baseline = document.get("baseline")
        baseline = baseline if isinstance(baseline, dict) else {}
        aims = document.get("targets")
        targets = {aim["year"]: float(aim["value"]) for aim in aims} if isinstance(aims, list) else {}
        found[code] = (targets, baseline.get("value"), str(baseline.get("year", "")))
    for row in IndicatorTarget.objects.order_by("id"):
        if row.code in found:
            found[row.code][0][row.fiscal_year] = row.value
    return {code: Milestones(*made) for code, made in found.items()}


def _scored(
    row: Indicator,
    run: IndicatorRun | None,
    computed: IndicatorValue | None,
    submitted: dict[str, Any] | None,
    aims: Milestones,
    year: str,
) -> dict[str, Any]:
    value = computed.value if computed else submitted["value"] if submitted else None
    direction = str(row.document.get("direction", "monitor"))
    aim = aims.in_force(year)
    return {
        "code": row.code, "name_bn": row.name_bn, "name_en": row.name_en, "level": row.level,
        "unit": row.document.get("unit", ""), "direction": direction, "core": row.core,
        "value": value, "target": aim[1] if aim else None, "target_year": aim[0] if aim else "",
        "baseline": aims.baseline, "baseline_year": aims.baseline_year,
        "state": judge(value, direction if direction in ("up", "down", "target") else "monitor", aims, year),
        "value_state": "undefined" if (computed or submitted) and value is None else "",
        "as_of": run.as_of if computed and run else submitted["as_of"] if submitted else None,
        "source": "computed" if computed else row.document.get("source") or "submitted",
        "run": run.pk if computed and run else None,
        "example": bool(not computed and submitted and submitted["example"]),
    }  # fmt: skip


def series(code: str, *, area: str = "", group: str = "") -> list[tuple[str, float | None]]:
    """The value of each fiscal year, the earliest first; of a computed indicator the newest run that has the year."""
    found: dict[str, float | None] = {}
    if area == "" and group == "":
        of_year: dict[str, list[Submission]] = {}
        for row in Submission.objects.filter(code=code, state="verified").order_by("fiscal_year", "ministry_code"):
            of_year.setdefault(row.fiscal_year, []).append(row)
        found = {year: together(rows) for year, rows in of_year.items()}
    values = IndicatorValue.objects.filter(run__in=recent_runs(), code=code, area_code=area, group=group)
    for value in values.order_by("run_id").values_list("fiscal_year", "value"):
        found[value[0]] = value[1]
    return sorted(found.items())


def shown(row: IndicatorValue, officer: Officer | None) -> float | None:
    """The value as the reader may see it: in public not when it stands for fewer than five people."""
    small = row.persons is not None and public(row.persons) is None
    return None if officer is None and small else row.value

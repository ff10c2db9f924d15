"""The machinery of the reform in the report: disbursement-linked indicators, CODI, surveys, committees and decisions.

Each is left out where there is nothing to say; what was invented to show the screens carries ``example``. Read as the
system reads, since the report is for everybody and must not differ by who makes it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum

from shohay.stages.accounts.officer import SYSTEM, Officer
from shohay.stages.coordination import queries_committees, queries_decisions, queries_performance
from shohay.stages.coordination.models_committees import Decision
from shohay.stages.results import queries_codi
from shohay.stages.results.models_codi import CodiRound
from shohay.stages.results.models_dli import Dli, DliAgreement, DliClaim
from shohay.stages.results.models_survey import SurveyEstimate, SurveyRound, SurveyRun

Data = dict[str, Any]
MILLION = 100_000_000  # minor units of a currency in a million of it
SURVEYS = 2  # the newest rounds are shown
# measures of a round that are shares of one, with the programmes they are told of ('' = welfare, all = every benefit)
MEASURES = (
    ("headcount", ""), ("headcount_lower", ""), ("gap", ""), ("coverage", "all"), ("under_coverage", "all"),
    ("leakage", "all"), ("adequacy", "all"), ("headcount_reduction", "all"),
)  # fmt: skip


def put(officer: Officer, found: Data, as_of: date) -> None:
    """The four chapters; ``officer`` has been asked for the report's own permission."""
    found["agreements"] = _agreements(found, as_of)
    found["codi"] = _codi(found, as_of)
    found["surveys"] = _surveys(found, as_of)
    found["committees"] = _committees(found, as_of)
    found["decisions"] = _decisions(found, as_of) if found["committees"] else []


def _figure(found: Data, key: str, value: object, source: str, kind: str = "count") -> None:
    found["figures"][key] = {"value": value, "kind": kind, "from": source}


# --------------------------------------------------------------------------------- disbursement-linked indicators


def _agreements(found: Data, as_of: date) -> list[Data]:
    """Each financing agreement with its indicators: value, result, earned, paid, in millions of its currency."""
    claims = DliClaim.objects.filter(verified_at__date__lte=as_of, state__in=("verified", "paid"))
    paid = dict(
        claims.filter(state="paid", paid_at__date__lte=as_of).order_by().values_list("dli_id").annotate(Sum("paid"))
    )
    newest = {row.dli_id: row for row in claims.order_by("id")}
    rows = []
    for agreement in DliAgreement.objects.order_by("code"):
        listed = Dli.objects.filter(agreement=agreement).order_by("area", "code")
        items = [_dli(row, newest.get(row.pk), paid.get(row.pk, 0)) for row in listed]
        rows.append(
            {"code": agreement.code, "name_bn": agreement.name_bn, "name_en": agreement.name_en,
             "currency": agreement.currency, "items": items, "example": any(row["example"] for row in items)}
        )  # fmt: skip
        _agreement_figures(found, agreement, items)
    return rows


def _dli(row: Dli, claim: DliClaim | None, paid: int) -> Data:
    return {
        "code": row.code, "area_bn": row.area_bn, "area_en": row.area_en, "definition_bn": row.definition_bn,
        "definition_en": row.definition_en, "year": row.fiscal_year, "value": _millions(row.value),
        "earned": _millions(claim.earned) if claim else None, "paid": _millions(paid) if paid else None,
        "example": row.example or bool(claim and claim.example),
    }  # fmt: skip


def _agreement_figures(found: Data, agreement: DliAgreement, items: list[Data]) -> None:
    source, key = "results.dli_ledger", f"dli.{agreement.code}"
    _figure(found, f"{key}.count", len(items), source)
    _figure(found, f"{key}.with_terms", sum(row["value"] is not None for row in items), source)
    _figure(found, f"{key}.ceiling", _millions(agreement.ceiling), source, "decimal")
    for name in ("value", "earned", "paid"):
        _figure(found, f"{key}.{name}", round(sum(row[name] or 0 for row in items), 2), source, "decimal")


def _millions(minor: int | None) -> float | None:
    return None if minor is None else round(minor / MILLION, 2)


# ----------------------------------------------------------------------------------------------------------- CODI


def _codi(found: Data, as_of: date) -> Data | None:
    """The newest closed assessment of the whole system, with the one before it; None before the first."""
    closed = CodiRound.objects.filter(level="system", state="closed", closed_at__date__lte=as_of)
    row = closed.order_by("-fiscal_year", "-id").first()
    if row is None:
        return None
    made = queries_codi.result(row)
    before = closed.filter(fiscal_year__lt=row.fiscal_year, scale=row.scale).order_by("-fiscal_year", "-id").first()
    earlier = {one.number: one.mean for one in queries_codi.result(before).criteria} if before else {}
    names = queries_codi.criteria_names()
    source = "results.codi"
    _figure(found, "codi.year", row.fiscal_year, source, "year")
    _figure(found, "codi.scale", row.scale, source)
    _figure(found, "codi.criteria", len(made.criteria), source)
    _figure(found, "codi.fields", sum(one.scored for one in made.criteria), source)
    _figure(found, "codi.low", len(queries_codi.low_fields(made)), source)
    _figure(found, "codi.options", row.options.count(), source)
    if made.overall is not None:
        _figure(found, "codi.overall", round(float(made.overall), 2), source, "decimal")
    if before:
        _figure(found, "codi.before", before.fiscal_year, source, "year")
    criteria = [
        {
            "number": one.number, "name_bn": names[one.number][0], "name_en": names[one.number][1],
            "mean": _two(one.mean), "before": _two(earlier.get(one.number)), "scored": one.scored, "fields": one.fields,
        }
        for one in made.criteria
    ]  # fmt: skip
    return {"year": row.fiscal_year, "scale": row.scale, "example": row.example, "criteria": criteria}


def _two(value: Any) -> float | None:
    return None if value is None else round(float(value), 2)


# -------------------------------------------------------------------------------------------------------- surveys


def _surveys(found: Data, as_of: date) -> list[Data]:
    """The newest rounds with estimates: the main shares with their 95% intervals; hidden figures are left out."""
    rounds = SurveyRound.objects.filter(state=SurveyRound.State.ESTIMATED, collected_on__lte=as_of)
    rows: list[Data] = []
    for one in rounds.order_by("-collected_on", "-id"):
        runs = one.runs.filter(data_sha256=one.data_sha256, computed_at__date__lte=as_of)
        run = runs.order_by("-id").first()
        if run is not None and len(rows) < SURVEYS:
            rows.append(_survey(found, one, run, len(rows) + 1))
    return rows


def _survey(found: Data, one: SurveyRound, run: SurveyRun, place: int) -> Data:
    estimates = SurveyEstimate.objects.filter(run=run, dimension="all", value__isnull=False)
    known = {(row.measure, row.programme): row for row in estimates}
    told = [(name, known[name, programme]) for name, programme in MEASURES if (name, programme) in known]
    source, key = "results.survey_run", f"survey.{place}"
    _figure(found, f"{key}.people", run.design.get("observations"), source)
    _figure(found, f"{key}.day", one.collected_on.isoformat(), source, "day")
    for name, row in told:
        for part, value in (("value", row.value), ("low", row.low), ("high", row.high)):
            if value is not None:
                _figure(found, f"{key}.{name}.{part}", round(value, 4), source, "share")
    return {
        "name_bn": one.title_bn, "name_en": one.title_en, "place": place, "example": one.synthetic,
        "measures": [
            {"name": name, "value": _four(row.value), "low": _four(row.low), "high": _four(row.high),
             "observations": row.observations, "flag": row.flag}
            for name, row in told
        ],
    }  # fmt: skip


def _four(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


# ----------------------------------------------------------------------------------------------------- committees


def _committees(found: Data, as_of: date) -> list[Data]:
    """Meetings due, held and missed by kind of committee; decisions and trainings of the report's year as figures."""
    kinds = {kind.pk: kind for kind in queries_committees.kinds()}
    counted = queries_committees.by_kind(SYSTEM, on=as_of)
    source = "coordination.committees"
    for name in ("committees", "required", "held", "missed", "behind"):
        _figure(found, f"committees.{name}", sum(getattr(row, name) for row in counted), source)
    trainings = queries_performance.trainings(SYSTEM, fiscal_year=found["report"]["year"])
    totals = queries_performance.training_totals(trainings.filter(last_day__lte=as_of))
    for name, value in (("count", totals["n"]), ("women", totals["women"]), ("men", totals["men"])):
        _figure(found, f"trainings.{name}", value, "coordination.trainings")
    return [
        {"name_bn": kinds[row.name].name_bn, "name_en": kinds[row.name].name_en, "committees": row.committees,
         "required": row.required, "held": row.held, "missed": row.missed, "due": row.due}
        for row in counted
    ]  # fmt: skip


def _decisions(found: Data, as_of: date) -> list[Data]:
    """Decisions of confirmed minutes that are late on the day, the oldest first; counts by state as figures."""
    taken = Decision.objects.filter(meeting__meets_on__lte=as_of).exclude(state__in=("draft", "withdrawn"))
    counts = taken.aggregate(
        taken=Count("id"), closed=Count("id", filter=Q(state="closed")),
        reported=Count("id", filter=Q(state="reported")),
        open=Count("id", filter=Q(state="open")), late=Count("id", filter=queries_decisions.late(as_of)),
    )  # fmt: skip
    for name, value in counts.items():
        _figure(found, f"decisions.{name}", value, "coordination.decisions")
    late = taken.filter(queries_decisions.late(as_of)).select_related("meeting__committee", "ministry")
    return [
        {
            "text": row.text, "due": row.due_on.isoformat() if row.due_on else None,
            "committee_bn": row.meeting.committee.name_bn, "committee_en": row.meeting.committee.name_en,
            "owner_bn": row.ministry.name_bn if row.ministry else row.office,
            "owner_en": row.ministry.name_en if row.ministry else row.office,
        }
        for row in late.order_by("due_on", "id")
    ]  # fmt: skip

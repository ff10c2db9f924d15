"""Open data: every public figure as JSON and CSV.

A set is a name, its columns and a function that gives its rows. Figures that fewer than five people stand behind
come as null (JSON) or empty (CSV); results.queries leaves them out before they get here.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeVar

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from shohay.bulk import results_export
from shohay.core import open_data
from shohay.stages.coordination.models import ActionItem
from shohay.stages.places.models import Area
from shohay.stages.programmes import definitions
from shohay.stages.programmes.models import BudgetYear, Ministry, Programme
from shohay.stages.results import queries as results
from shohay.stages.results import queries_export

REPORT = "Progress report of the National Social Security Strategy, fiscal year 2024-25"
OWN = "This system; numbers that fewer than five people stand behind are left out"
CENSUS = "Bangladesh Bureau of Statistics"
Rows = Iterator[tuple[Any, ...]]
Response = TypeVar("Response", bound=HttpResponse)


class Set(NamedTuple):
    """``rows`` gives tuples in the order of ``columns``."""

    columns: tuple[str, ...]
    source: str
    rows: Callable[[], Rows]


def _table(model: Any, columns: tuple[str, ...], **filters: Any) -> Callable[[], Rows]:
    """The rows of a table, in the order of its key."""
    return lambda: model.objects.filter(**filters).order_by("pk").values_list(*columns).iterator()


def _coverage() -> Rows:
    codes = [row["programme_code"] for row in results.by_programme()]
    for code in codes:
        for row in results.coverage_by_district(code):
            yield code, row["area_code"], row["eligible"], row["enrolled"], row["coverage"]


def _payments() -> Rows:
    for code in ("", *(row["programme_code"] for row in results.by_programme())):
        for row in results.payments_by_state(code):
            yield code, row["state"], row["payments"], row["poisha"]


def _returns() -> Rows:
    for row in results.returns_by_reason():
        yield row["reason"], row["payments"]


def _indicators() -> Rows:
    for row in results_export.csv_rows(queries_export.published()):
        yield tuple(row)


def _rates() -> Rows:
    for definition in definitions.published():
        for version in definition.versions:
            for line in version.benefit:
                amount = version.values[line.amount] if isinstance(line.amount, str) else line.amount
                yield (
                    definition.programme, version.first, version.valid[1], line.id, line.kind, amount, line.quantity,
                    line.unit, line.per, line.of,
                )  # fmt: skip


PROGRAMME = ("code", "ministry_id", "name_bn", "name_en", "lifecycle_stage", "thematic_cluster", "type", "fiscal_year",
             "budget_crore", "beneficiaries_lakh", "in_list")  # fmt: skip
MINISTRY = ("code", "name_bn", "name_en", "programme_count", "budget_crore", "beneficiaries_lakh")
BUDGET_YEAR = ("ministry_id", "fiscal_year", "budget_crore", "beneficiaries_lakh")
PLACE = ("code", "level", "name_bn", "name_en", "parent_id", "vintage", "population")
ACTION = ("code", "ministry_id", "objective_bn", "objective_en", "activity_bn", "activity_en", "indicator_bn",
          "indicator_en", "timeframe", "due", "theme", "status")  # fmt: skip
RATE = ("programme", "from", "to", "line", "kind", "taka", "quantity", "unit", "per", "of")
LEVELS = ("division", "district", "upazila", "city_corporation")

SETS: dict[str, Set] = {
    "programmes": Set(PROGRAMME, REPORT, _table(Programme, PROGRAMME)),
    "ministries": Set(MINISTRY, REPORT, _table(Ministry, MINISTRY)),
    "budget-years": Set(BUDGET_YEAR, REPORT, _table(BudgetYear, BUDGET_YEAR)),
    "rates": Set(RATE, "The definition of each programme names its sources", _rates),
    "places": Set(PLACE, CENSUS, _table(Area, PLACE, level__in=LEVELS)),
    "coverage": Set(("programme", "district", "eligible", "enrolled", "coverage"), OWN, _coverage),
    "payments": Set(("programme", "state", "payments", "poisha"), OWN, _payments),
    "returns": Set(("reason", "payments"), OWN, _returns),
    "indicators": Set(tuple(results_export.COLUMNS), OWN, _indicators),
    "actions": Set(ACTION, REPORT, _table(ActionItem, ACTION)),
}


@require_GET
def index(request: HttpRequest) -> JsonResponse:
    """The sets with their columns and addresses."""
    return JsonResponse(
        {
            name: {
                "columns": one.columns,
                "source": one.source,
                "json": request.build_absolute_uri(reverse("api:open-json", args=[name])),
                "csv": request.build_absolute_uri(reverse("api:open-csv", args=[name])),
            }
            for name, one in SETS.items()
        }
    )


@require_GET
def as_json(request: HttpRequest, name: str) -> JsonResponse:
    """{"name", "source", "computed_at", "given_at", "columns", "rows": [[...]]}."""
    found = _set(name)
    return _open(
        JsonResponse(
            {
                "name": name,
                "source": found.source,
                "computed_at": results.computed_at() if found.source == OWN else None,
                "given_at": timezone.now(),
                "columns": found.columns,
                "rows": list(found.rows()),
            },
            json_dumps_params={"ensure_ascii": False},
        )
    )


@require_GET
def metadata(request: HttpRequest, name: str) -> JsonResponse:
    """What the set is, its licence, source and columns, in both languages, in the words of DCAT where there are any."""
    found = _set(name)
    about = open_data.ABOUT[name]
    return _open(
        JsonResponse(
            {
                "identifier": name,
                "description": {"bn": about.bn, "en": about.en},
                "license": {"name": open_data.LICENCE, "url": open_data.LICENCE_URL},
                "source": found.source,
                "modified": results.computed_at() if found.source == OWN else None,
                "columns": [_described(name, column) for column in found.columns],
                "distribution": [
                    {"format": form, "url": request.build_absolute_uri(reverse(f"api:open-{form}", args=[name]))}
                    for form in ("csv", "json")
                ],
            },
            json_dumps_params={"ensure_ascii": False},
        )
    )


def _described(name: str, column: str) -> dict[str, str]:
    if name == "indicators":
        kind, en, bn = results_export.COLUMNS[column]
        return {"name": column, "datatype": kind, "bn": bn, "en": en}
    return {"name": column, **open_data.column(column)._asdict()}


@require_GET
def as_csv(request: HttpRequest, name: str) -> HttpResponse:
    """UTF-8 with a byte order mark, so that spreadsheets show Bangla; a leading formula sign is disarmed."""
    found = _set(name)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(found.columns)
    writer.writerows([_harmless(value) for value in row] for row in found.rows())
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="shohay-{name}.csv"'
    return _open(response)


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@") else value


def _set(name: str) -> Set:
    if name not in SETS:
        raise Http404
    return SETS[name]


def _open(response: Response) -> Response:
    """Other sites may read open data in their visitors' browsers."""
    response["Access-Control-Allow-Origin"] = "*"
    return response

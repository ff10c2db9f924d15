"""Distribution lists, what was handed over, and what a person received, as the screens show them."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from shohay.bulk.handover import TEMPLATE
from shohay.core.messages import MESSAGES, say
from shohay.stages.accounts.officer import Officer
from shohay.stages.payments.models_kind import Distribution, HandoverError, HandoverFile, Ration
from shohay.stages.programmes import definitions
from shohay.stages.registry.models import Person

HEADINGS = tuple(TEMPLATE.columns)  # what a file of who collected must have


def _require(officer: Officer) -> None:
    if not officer.may("payroll.view"):  # whoever sees payrolls sees goods too
        officer.require("distribution.view")


def distributions(officer: Officer, programme: str = "", state: str = "") -> QuerySet[Distribution]:
    """Lists of the officer's programmes that hold people of the officer's areas, the latest month first."""
    _require(officer)
    rows = Distribution.objects.filter(officer.programme_filter())
    if "" not in officer.areas:  # a union's people are on the list of its upazila
        rows = rows.filter(officer.area_filter() | Q(area_code__in={code[:6] for code in officer.areas}))
    if programme:
        rows = rows.filter(programme_code=programme)
    if state:
        rows = rows.filter(state=state)
    return rows.select_related("cycle").order_by("-cycle__period_start", "programme_code", "area_code", "id")


def distribution(officer: Officer, distribution_id: int) -> Distribution | None:
    return distributions(officer).filter(pk=distribution_id).first()


def waiting_for_approval(officer: Officer) -> QuerySet[Distribution]:
    """Lists that this officer may approve: prepared, by somebody else."""
    if not officer.may("distribution.approve"):
        return Distribution.objects.none()
    return distributions(officer, state=Distribution.State.PREPARED).exclude(prepared_by=officer.username)


def totals(rows: QuerySet[Distribution]) -> dict[str, int]:
    """Rations, grams, given and given_grams of lists together."""
    summed = rows.order_by().aggregate(**{name: Sum(name) for name in ("rations", "grams", "given", "given_grams")})
    return {name: value or 0 for name, value in summed.items()}


def rations(officer: Officer, distribution: Distribution, area: str = "", state: str = "") -> QuerySet[Ration]:
    """The lines of a list in the officer's areas, in the order of the printed list."""
    _require(officer)
    rows = Ration.objects.filter(officer.area_filter(), distribution=distribution)
    if area:
        rows = rows.filter(area_code__startswith=area)
    if state:
        rows = rows.filter(state=state)
    return rows.select_related("person", "household").order_by("line_no")


def ration(officer: Officer, ration_id: int) -> Ration | None:
    rows = Ration.objects.filter(officer.area_filter(), officer.programme_filter(), pk=ration_id)
    return rows.select_related("person", "distribution").first()


def by_union(officer: Officer, distribution: Distribution) -> list[dict[str, Any]]:
    """area_code, rations, grams, given, given_grams, not_given of each union of a list."""
    rows = rations(officer, distribution).order_by().values("area_code")
    counted = rows.annotate(
        rations=Count("id"), due_grams=Sum("grams"), given=Count("id", filter=Q(state="given")),
        handed_grams=Sum("given_grams"), not_given=Count("id", filter=Q(state="not_given")),
    )  # fmt: skip
    return [dict(row) for row in counted.order_by("area_code")]


def files(officer: Officer, distribution: Distribution) -> QuerySet[HandoverFile]:
    """The files of who collected, the latest first; those of other officers too."""
    _require(officer)
    return HandoverFile.objects.filter(distribution=distribution).order_by("-id")


def file(officer: Officer, file_id: int) -> HandoverFile | None:
    mine = distributions(officer).values("pk")
    return HandoverFile.objects.filter(pk=file_id, distribution__in=mine).select_related("distribution__cycle").first()


def errors(file: HandoverFile) -> QuerySet[HandoverError]:
    return HandoverError.objects.filter(file=file).order_by("line", "id")


def error_words(code: str, language: str) -> str:
    """Why a row was not applied, in the reader's language; a code without words as it is."""
    return say(code, language) if code in MESSAGES else code


def column_title(code: str, language: str) -> str:
    """The heading of a column of the file; the code itself for another."""
    return next((getattr(column, language) for column in TEMPLATE.columns if column.code == code), code)


def rations_of(person: Person) -> QuerySet[Ration]:
    """What a person was to get and got, the latest month first: for the person's page and timeline."""
    return Ration.objects.filter(person=person).select_related("distribution").order_by("-period_start", "kind")


def programmes_in_kind(on: Any) -> dict[str, bool]:
    """Programmes that give goods on a day: code -> whether at events, such as Eid."""
    found = {}
    for definition in definitions.definitions_on(on):
        version = definition.version_on(on)
        lines = [line for line in version.benefit if line.kind == "in_kind"] if version else []
        if lines:
            found[definition.programme] = any(line.per == "event" for line in lines)
    return found

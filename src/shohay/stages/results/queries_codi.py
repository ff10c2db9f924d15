"""Reading CODI assessments. While a round is being scored, each assessor sees their own scores and nobody else's."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet

from shohay.core import codi
from shohay.core.codi import Answer, Criterion
from shohay.stages.accounts.models import Assignment
from shohay.stages.accounts.officer import Officer
from shohay.stages.accounts.roles import PERMISSIONS
from shohay.stages.results.models_codi import (
    CodiAgreed,
    CodiField,
    CodiOption,
    CodiRound,
    CodiScore,
    CodiWording,
)

PARTS = ("name", "question", "level_1", "level_2", "level_3", "level_4")
LOW = Fraction(1, 3)  # a field at or below this part of its scale asks for a reform: 2 of 4, 1 of 3


class Field(NamedTuple):
    """A field as it is worded today; pairs are (Bangla, English)."""

    code: str
    criterion: int
    criterion_name: tuple[str, str]
    name: tuple[str, str]
    question: tuple[str, str]
    levels: tuple[tuple[str, str], ...]
    evidence: tuple[str, str]
    indicators: tuple[str, ...]
    three: str


class Result(NamedTuple):
    """What a round says: the vector of criteria first, the mean of it beside, never instead."""

    round: CodiRound
    criteria: list[Criterion]
    overall: Fraction | None
    completeness: Fraction
    answers: dict[str, Answer]


def fields(scale: int = 4) -> list[Field]:
    """The 37 fields in order with corrected wording; on Bangladesh's scale its three levels join those they hold."""
    wordings: dict[tuple[str, str], tuple[str, str]] = {}
    for row in CodiWording.objects.order_by("id"):
        wordings[row.field_id, row.part] = (row.bn, row.en)
    return [_field(row, wordings, scale) for row in CodiField.objects.order_by("order")]


def _field(row: CodiField, wordings: Mapping[tuple[str, str], tuple[str, str]], scale: int) -> Field:
    said = row.document

    def worded(part: str) -> tuple[str, str]:
        shipped = (row.name_bn, row.name_en) if part == "name" else (said[f"{part}_bn"], said[f"{part}_en"])
        return wordings.get((row.pk, part), shipped)

    levels = tuple(worded(f"level_{number}") for number in (1, 2, 3, 4))
    if scale == 3:
        joined = [[levels[four - 1] for four in codi.from_three(three, row.three)] for three in (1, 2, 3)]
        levels = tuple((" / ".join(bn for bn, _en in one), " / ".join(en for _bn, en in one)) for one in joined)
    return Field(
        row.pk, row.criterion, (row.criterion_bn, row.criterion_en), worded("name"), worded("question"), levels,
        (said["evidence_bn"], said["evidence_en"]), _codes(row.indicators), row.three,
    )  # fmt: skip


def _codes(said: str) -> tuple[str, ...]:
    """Codes of indicators with "OC-02..OC-07" written out."""
    found = []
    for part in filter(None, (one.strip() for one in said.split(","))):
        first, _dots, last = part.partition("..")
        if last:
            prefix = first.split("-")[0]
            numbers = range(int(first.split("-")[1]), int(last.split("-")[1]) + 1)
            found += [f"{prefix}-{number:02d}" for number in numbers]
        else:
            found.append(part)
    return tuple(found)


def rounds(officer: Officer, *, level: str = "", state: str = "") -> QuerySet[CodiRound]:
    """Every round, the newest first; without 'codi.view' none."""
    rows = CodiRound.objects.select_related("programme").order_by("-fiscal_year", "level", "-id")
    if not officer.may("codi.view"):
        return rows.none()
    asked = {name: value for name, value in (("level", level), ("state", state)) if value}
    return rows.filter(**asked)


def round_of(officer: Officer, pk: int) -> CodiRound | None:
    return rounds(officer).filter(pk=pk).first()


def able_to_assess() -> list[str]:
    """Sign-in names of those whose duty lets them score."""
    roles = [role for role, permissions in PERMISSIONS.items() if "codi.assess" in permissions]
    held = Assignment.objects.filter(role__in=roles, user__is_active=True, valid_to__isnull=True)
    return sorted(set(held.values_list("user__username", flat=True)))


def is_assessor(officer: Officer, row: CodiRound) -> bool:
    return row.assessors.filter(username=officer.username).exists()


def scores(officer: Officer, row: CodiRound) -> QuerySet[CodiScore]:
    """The scores that the officer may read: their own while the round is being scored, everybody's after."""
    found = row.scores.select_related("field").order_by("field__order", "assessor")
    if not officer.may("codi.view"):
        return found.none()
    return found.filter(assessor=officer.username) if row.state == CodiRound.State.SCORING else found


def may_read_score(officer: Officer, pk: str) -> bool:
    """Whether the officer may read this score, and so the files that hang on it."""
    row = CodiScore.objects.select_related("round").filter(pk=pk).first() if pk.isdigit() else None
    return row is not None and (row.assessor == officer.username or row.round.state != CodiRound.State.SCORING)


def progress(row: CodiRound) -> list[dict[str, Any]]:
    """How many fields each assessor has answered; what they answered is not told."""
    counted = dict(row.scores.order_by().values_list("assessor").annotate(Count("id")))
    names = sorted(one.username for one in row.assessors.all())
    return [{"assessor": name, "answered": counted.get(name, 0)} for name in names]


def answers_by_field(row: CodiRound) -> dict[str, list[Answer]]:
    """Field -> what each assessor said, by name of the assessor. For the consensus: blind before it."""
    found: dict[str, list[Answer]] = {}
    for field, score, without in row.scores.order_by("field__order", "assessor").values_list(
        "field_id", "score", "without"
    ):
        found.setdefault(field, []).append(Answer(score, without))
    return found


def agreed(row: CodiRound) -> dict[str, CodiAgreed]:
    return {one.field_id: one for one in row.agreed.order_by("id")}


def result(row: CodiRound) -> Result:
    """Criteria and means of what was agreed so far."""
    said = {code: Answer(one.score, one.without) for code, one in agreed(row).items()}
    listed = list(CodiField.objects.order_by("order").values_list("code", "criterion"))
    made = codi.criteria(listed, said)
    return Result(row, made, codi.overall(made), codi.completeness(made), said)


def criteria_names() -> dict[int, tuple[str, str]]:
    rows = CodiField.objects.order_by("order").values_list("criterion", "criterion_bn", "criterion_en")
    return {number: (bn, en) for number, bn, en in rows}


def latest(assessment_level: str = "system", *, programme: str = "") -> Result | None:
    """The newest closed round of a level; None before the first."""
    rows = CodiRound.objects.filter(level=assessment_level, state=CodiRound.State.CLOSED, programme=programme or None)
    row = rows.order_by("-fiscal_year", "-id").first()
    return result(row) if row else None


def over_rounds(row: CodiRound) -> list[Result]:
    """The closed rounds of the same level and programme up to this one, the oldest first, and this one last."""
    earlier = CodiRound.objects.filter(
        level=row.level, programme=row.programme, state=CodiRound.State.CLOSED, fiscal_year__lt=row.fiscal_year
    ).order_by("fiscal_year", "id")
    return [*(result(one) for one in earlier), result(row)]


def low_fields(made: Result) -> list[str]:
    """Codes of agreed fields in the lowest third of the scale: they ask for a reform."""
    scale = made.round.scale
    return [
        code
        for code, answer in made.answers.items()
        if answer.score is not None and Fraction(answer.score - 1, scale - 1) <= LOW
    ]


def options(officer: Officer, row: CodiRound) -> QuerySet[CodiOption]:
    """The reforms that were written, by urgency and field."""
    found = row.options.select_related("field", "owner").order_by("field__order", "id")
    return found if officer.may("codi.view") else found.none()

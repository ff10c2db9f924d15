"""Drafts: which are open, what was typed in one, and what the rules of a file say of it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import pyarrow.parquet as pq
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from shohay.bulk import sealing
from shohay.bulk.intake import check_file
from shohay.bulk.intake_template import load_template
from shohay.bulk.sealing import KeyRing
from shohay.core.messages import Refusal, say
from shohay.stages.accounts.officer import Officer
from shohay.stages.intake import queries
from shohay.stages.intake.models import Draft

KIND, PLACE = "draft", "intake_draft.sealed"  # what a sealed draft is bound to
EMPTY: dict[str, Any] = {"household": {}, "members": [], "notice": {}}
Wrong = dict[tuple[int, str], list[str]]  # (member from 0, column) -> what is wrong, in words


def drafts(officer: Officer) -> QuerySet[Draft]:
    """Open drafts of the officer's areas, the last saved first."""
    return Draft.objects.filter(officer.area_filter(), state=Draft.State.OPEN).order_by("-saved_at", "-pk")


def opened(draft: Draft, ring: KeyRing) -> dict[str, Any]:
    """{"household": {column: text}, "members": [{column: text}], "notice": {...}}. Raises draft_sealed_elsewhere."""
    try:
        data: dict[str, Any] = json.loads(sealing.open_sealed(ring, KIND, PLACE, bytes(draft.sealed)))
    except ValueError as error:
        raise Refusal("draft_sealed_elsewhere") from error
    return data


def as_file(data: Mapping[str, Any]) -> bytes:
    """What was typed as a household file of one household: the members in their order, texts as typed."""
    template = load_template("household")
    house = {column.code for column in template.columns if column.level == "household"}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(template.codes)
    for number, member in enumerate(data["members"] or [{}], start=1):
        cells = {**member, "line_no": str(number)}
        writer.writerow([(data["household"] if code in house else cells).get(code, "") for code in template.codes])
    return out.getvalue().encode()


def judged(data: Mapping[str, Any], *, officer: Officer, language: str) -> tuple[Wrong, Wrong]:
    """(what holds it back, what is worth a look), found by the rules of a file: one evaluator for both."""
    work = settings.VAR / "work" / f"draft-{uuid4().hex[:12]}"
    work.mkdir(parents=True)
    path = work / "draft.csv"
    path.write_bytes(as_file(data))
    try:
        checked = check_file(
            path=path, template=load_template("household"), out=path, work=work / "in", areas=queries.known_areas(),
            programmes=queries.known_programmes(), within=list(officer.areas), today=timezone.localdate(),
        )  # fmt: skip
        rows = pq.read_table(checked.findings).to_pylist()
    finally:
        for left in work.glob("*"):
            left.unlink()
        work.rmdir()
    wrong: Wrong = {}
    noted: Wrong = {}
    for row in rows:
        if row["code"] == "household_head_bad":  # said of everybody; the head's own error stands at its field
            continue
        where = noted if row["is_warning"] else wrong
        where.setdefault((row["line"] - 2, row["column"]), []).append(say(row["code"], language))
    return wrong, noted

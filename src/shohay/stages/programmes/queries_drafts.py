"""Reading drafts of definitions, with what they change and what speaks against them."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from django.db.models import QuerySet

from shohay.core import definition_difference, definition_edit, document
from shohay.core.definition import Definition
from shohay.core.definition_edit import Document, Problem
from shohay.core.messages import Refusal, Text
from shohay.policy import shipped
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.models import Event
from shohay.stages.programmes import definitions, models
from shohay.stages.programmes.models_drafts import DefinitionDraft, DraftRevision

OPEN = (DefinitionDraft.State.OPEN, DefinitionDraft.State.SUBMITTED)


def drafts(officer: Officer) -> QuerySet[DefinitionDraft]:
    """The drafts of the officer's programmes, newest first."""
    rows = DefinitionDraft.objects.filter(officer.programme_filter("programme_id"))
    return rows.select_related("programme").order_by("-saved_at", "-id")


def of_officer(officer: Officer, number: int) -> DefinitionDraft | None:
    return drafts(officer).filter(pk=number).first()


def open_draft(programme: str) -> DefinitionDraft | None:
    """The draft of a programme that is being written or waits; there is one at most."""
    return DefinitionDraft.objects.filter(programme_id=programme, state__in=OPEN).first()


def text_of(draft: DefinitionDraft, number: int | None = None) -> str:
    """The document of a revision, the newest one by default."""
    return DraftRevision.objects.get(draft=draft, number=number or draft.revision).text


def whole_of(draft: DefinitionDraft) -> Document:
    return document.read(text_of(draft))


@lru_cache(maxsize=128)
def parsed(text: str) -> Definition | None:
    """The definition that a text holds; None while it cannot be read as one."""
    try:
        return Definition.parse(text)
    except Refusal:
        return None


def draft(sha256: str) -> Definition:
    """The definition that some revision of a draft holds. Raises Refusal('draft_unknown')."""
    row = DraftRevision.objects.filter(sha256=sha256).order_by("-id").first()
    made = parsed(row.text) if row else None
    if made is None:
        raise Refusal("draft_unknown", draft=sha256[:12])
    return made


def base_of(draft: DefinitionDraft) -> Definition | None:
    """The published definition that a draft was begun on."""
    return definitions.definition_of(draft.programme_id, draft.base_sha256) if draft.base_sha256 else None


def newest(programme: str) -> models.Definition | None:
    """The newest published row of a programme."""
    rows = models.Definition.objects.filter(programme_id=programme, state=models.Definition.State.PUBLISHED)
    return rows.order_by("-published_at", "-id").first()


def is_stale(draft: DefinitionDraft) -> bool:
    """Whether other rules were published since the draft was begun."""
    row = newest(draft.programme_id)
    return (row.sha256 if row else "") != draft.base_sha256


def problems(draft: DefinitionDraft) -> list[Problem]:
    return definition_edit.problems(whole_of(draft))


def names() -> dict[str, Text]:
    """Code -> name of every programme."""
    rows = models.Programme.objects.values_list("code", "name_bn", "name_en")
    return {code: Text(bn, en) for code, bn, en in rows}


def difference(draft: DefinitionDraft, number: int | None = None) -> list[definition_difference.Change] | None:
    """What a revision changes; None while the draft cannot be read."""
    made = parsed(text_of(draft, number))
    return definition_difference.compare(base_of(draft), made, names()) if made else None


def shipped_cases(programme: str) -> str:
    """The cases that come with a programme, '' without any."""
    return shipped.read(programme, "cases.yaml") if shipped.has(programme, "cases.yaml") else ""


def own_cases(programme: str) -> str:
    """The cases that the last published draft of a programme brought along."""
    rows = DefinitionDraft.objects.filter(programme_id=programme, state=DefinitionDraft.State.PUBLISHED)
    row = rows.exclude(cases="").order_by("-decided_at").first()
    return row.cases if row else ""


def without_rules() -> QuerySet[models.Programme]:
    """Programmes of the catalogue that have no published rules."""
    there = models.Definition.objects.filter(state=models.Definition.State.PUBLISHED).values("programme_id")
    return models.Programme.objects.exclude(code__in=there).order_by("order")


def history(programme: str) -> QuerySet[Event]:
    """Who drafted, submitted, sent back and published the rules of a programme, newest first."""
    return Event.objects.filter(programme_code=programme, action__startswith="definition.").order_by("-seq")


def begins_next(definition: Definition | None, today: dt.date) -> dt.date:
    """The day from which a new version would hold: the next 1 July, later than what is there."""
    year = today.year if today < dt.date(today.year, 7, 1) else today.year + 1
    newest_first = definition.versions[-1].first if definition else today
    return max(dt.date(year, 7, 1), dt.date(newest_first.year + (newest_first.month >= 7), 7, 1))

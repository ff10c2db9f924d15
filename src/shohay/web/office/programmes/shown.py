"""What the pages of a draft show: what speaks against it, what it changes, how its cases come out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from shohay.bulk import case_results
from shohay.bulk.case_results import Judged, Said
from shohay.core import criteria, criteria_hints, definition_edit
from shohay.core.definition import Definition
from shohay.core.definition_difference import PARTS as ORDER
from shohay.core.definition_difference import Change
from shohay.core.document import figure
from shohay.core.facts import FACTS
from shohay.core.messages import Refusal, Text
from shohay.stages.audit.models import Event
from shohay.stages.programmes import definitions, queries_drafts
from shohay.stages.programmes.models_drafts import DefinitionDraft
from shohay.stages.registry import queries_facts
from shohay.web.office import desk
from shohay.web.office.programmes.parts import PARTS
from shohay.web.office.words import say
from shohay.web.parts.words import word
from shohay.web.templatetags.shohay import day, num, programme, taka

STATE = "rule_draft"


def draft_or_404(request: HttpRequest, pk: int) -> DefinitionDraft:
    """A draft of the officer's programmes."""
    row = queries_drafts.of_officer(desk.officer(request), pk)
    if row is None:
        raise Http404
    return row


def revision_read(request: HttpRequest) -> int:
    """The revision that the form was made from; 0, which no draft has, when it does not say."""
    told = request.POST.get("revision", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else 0


def part_title(part: str) -> str:
    return _("Conditions") if part == "criteria" else _(PARTS[part].title) if part in PARTS else _("Earlier versions")


def part_address(draft: DefinitionDraft, part: str) -> str:
    """Where a part is edited; what has no page of its own is mended in the file."""
    if part == "criteria":
        return reverse("office:rule-draft-criteria", args=[draft.pk])
    if part in PARTS:
        return reverse("office:rule-draft-part", args=[draft.pk, part])
    return reverse("office:rule-draft-file", args=[draft.pk])


def warnings(draft: DefinitionDraft, made: Definition | None, today: date) -> list[str]:
    """What a second person must look at: stale, backdated, the past rewritten, conditions that decide nothing."""
    found = []
    if draft.state in ("open", "submitted") and queries_drafts.is_stale(draft):
        found.append(_("Newer rules were published after this draft was begun: it cannot be published."))
    if made is None:
        return found
    newest = made.versions[-1]
    if newest.first <= today:
        found.append(_("The rules hold from %(day)s, a day that has passed: payments made since are not changed.")
                     % {"day": day(newest.first)})  # fmt: skip
    if any(change.part == "past" for change in queries_drafts.difference(draft) or []):
        found.append(_("The draft rewrites rules of the past, by which payments were made."))
    return [*found, *hints(made)]


def hints(made: Definition) -> list[str]:
    """Conditions of the newest version that are true for everyone or no one, and facts of theirs often missing."""
    version, language = made.versions[-1], desk.language()
    found, names = [], set[str]()
    for criterion in version.criteria:
        names |= criteria.check(criterion.must, FACTS, version.values).facts
        told = criteria_hints.static(criterion.must, version.values)
        found += [f"{criterion.id}: {hint.say(language)}" for hint in told]
    together = criteria_hints.together(version)
    return [*found, *(hint.say(language) for hint in together), *missing(names)]


def missing(names: Iterable[str]) -> list[str]:
    """The facts among ``names`` that the newest snapshot often lacks, in words."""
    lacking = queries_facts.coverage_of(FACTS)
    return [hint.say(desk.language()) for hint in criteria_hints.missing(names, lacking)]


class Group(NamedTuple):
    """The changes of one part, for parts/difference.html."""

    part: str
    title: str
    rows: list[dict[str, Any]]


def grouped(changes: list[Change]) -> list[Group]:
    """Changes by part, in the order of the editor."""
    language = desk.language()

    def text(one: Text | None) -> str:
        return one.in_language(language) if one else ""

    groups = []
    for part in ORDER:
        rows = [
            {"label": _label(part, change.label.in_language(language)), "old": text(change.old),
             "new": text(change.new), "changed": True}
            for change in changes if change.part == part
        ]  # fmt: skip
        if rows:
            groups.append(Group(part, part_title(part), rows))
    return groups


def _label(part: str, label: str) -> str:
    return say("parameter", label) if part == "parameters" else label


# ------------------------------------------------------------------------------------------------ cases


class CaseRow(NamedTuple):
    """One case in words. ``ok``: now as expected."""

    id: str
    given: str
    expected: str
    before: str
    now: str
    ok: bool
    changed: bool
    own: bool


def case_rows(draft: DefinitionDraft, made: Definition) -> list[CaseRow]:
    """The cases of the programme and the draft's own, judged live."""
    shipped = queries_drafts.shipped_cases(draft.programme_id)
    base = queries_drafts.base_of(draft)
    return _rows(case_results.judge(made, base, shipped, draft.cases))


def published_rows(code: str) -> list[CaseRow]:
    """The cases of published rules, judged by them."""
    made = definitions.definition_of(code)
    if made is None:
        return []
    return _rows(case_results.judge(made, None, queries_drafts.shipped_cases(code), queries_drafts.own_cases(code)))


def _rows(judged: list[Judged]) -> list[CaseRow]:
    return [
        CaseRow(one.id, _given(one), said(one.expected), said(one.before) if one.before else "–", said(one.now),
                not one.wrong, one.changed, one.own)
        for one in judged
    ]  # fmt: skip


def said(one: Said) -> str:
    """An answer in words: the outcome, and why."""
    language = desk.language()
    parts = [_("no rules then") if one.outcome == case_results.NONE else word(one.outcome, language)]
    if one.failed:
        parts.append(", ".join(one.failed))
    if one.missing:
        names = ", ".join(FACTS[name].text.in_language(language) if name in FACTS else name for name in one.missing)
        parts.append(_("missing: %(facts)s") % {"facts": names})
    if one.pays is not None:
        parts.append(taka(one.pays * 100))
    return " · ".join(parts)


def _given(one: Judged) -> str:
    told = [f"{_fact(name)}: {_value(name, value)}" for name, value in one.told.items()]
    return "; ".join([day(one.on), *told])


def _fact(name: str) -> str:
    return FACTS[name].text.in_language(desk.language()) if name in FACTS else name


def _value(name: str, value: object) -> str:
    if value is None:
        return "?"
    if isinstance(value, bool):
        return word(value, desk.language())
    if isinstance(value, date):
        return day(value)
    if isinstance(value, list | tuple):
        return ", ".join(programme(one) for one in value) or "–"
    return word(value, desk.language(), name) if isinstance(value, str) else figure(value, desk.language())


# ------------------------------------------------------------------------------------------------ history


def timeline(events: Any) -> list[dict[str, Any]]:
    """Events for parts/timeline.html; many savings in a row are one line."""
    shown: list[dict[str, Any]] = []
    for event in events:
        saved = event.action in ("definition.draft_saved", "definition.draft_cases")
        if saved and shown and shown[-1].get("saved") == event.actor:
            shown[-1]["count"] += 1
            shown[-1]["text"] = _("%(n)s times") % {"n": num(shown[-1]["count"])}
            continue
        shown.append({
            "at": event.at, "who": event.actor, "title": say("event", event.action), "count": 1,
            "text": event.detail.get("reason", ""), "saved": event.actor if saved else None, **_dress(event),
        })  # fmt: skip
    return shown


def _dress(event: Event) -> dict[str, str]:
    return {
        "definition.published": {"icon": "check-lg", "tone": "good"},
        "definition.returned": {"icon": "arrow-left", "tone": "bad"},
        "definition.submitted": {"icon": "arrow-right", "tone": "wait"},
    }.get(event.action, {"icon": "clock", "tone": ""})


def problems(draft: DefinitionDraft) -> list[dict[str, str]]:
    """What must be mended, each with the page where that is done."""
    language = desk.language()
    try:
        found = queries_drafts.problems(draft)
    except Refusal as wrong:
        found = [definition_edit.problem("yaml", wrong)]
    return [
        {"text": one.text.in_language(language), "href": part_address(draft, one.part), "part": part_title(one.part)}
        for one in found
    ]

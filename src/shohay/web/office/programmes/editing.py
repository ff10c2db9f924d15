"""The editor of a draft: its parts as forms, its conditions one by one, the check while one types."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shohay.core import criteria_hints, criterion_help, definition_edit
from shohay.core.criterion_help import BY_KIND, COMPARISONS, ROLES, Mistake
from shohay.core.definition import MAX_CRITERIA
from shohay.core.definition_edit import Document
from shohay.core.document import fill
from shohay.core.facts import FACTS
from shohay.core.messages import Refusal
from shohay.stages.programmes import actions_drafts as actions
from shohay.stages.programmes import queries_drafts
from shohay.stages.programmes.models_drafts import DefinitionDraft
from shohay.web.office import desk
from shohay.web.office.programmes import forms, measured, shown
from shohay.web.office.programmes.parts import PARTS, Part
from shohay.web.parts.forms import dress, offer

WRITES = "definition.propose"


def known() -> dict[str, list[tuple[str, str]]]:
    """What may be completed: facts, programmes, events that end an enrolment; (code, words)."""
    language = desk.language()
    facts = [(one.name, one.text.in_language(language)) for one in FACTS.values() if one.kind != "list"]
    programmes = [(code, name.in_language(language)) for code, name in queries_drafts.names().items()]
    ends = ("death", "migration_abroad", "false_information", "remarriage", "no_longer_eligible")
    return {"facts": facts, "programmes": programmes, "ends": [(one, one.replace("_", " ")) for one in ends]}


def figures(version: Document) -> list[tuple[str, str]]:
    """The figures of a version, (name, value)."""
    return [(name, str(one.get("value"))) for name, one in (version.get("parameters") or {}).items()]


def constants(version: Document) -> dict[str, Any]:
    return {name: one.get("value") for name, one in (version.get("parameters") or {}).items()}


# ------------------------------------------------------------------------------------------------ a part


@desk.needs(WRITES, "definition.view")
def part(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One part as a form. ``auto`` saves while one types and answers with a line instead of a page."""
    draft, spec = shown.draft_or_404(request, pk), PARTS.get(name)
    if spec is None:
        raise Http404
    whole = queries_drafts.whole_of(draft)
    head, rows = spec.read(whole, definition_edit.edited(whole))
    data = request.POST if request.method == "POST" else None
    head_form = spec.head(data, initial=head) if spec.head else None
    sets = {
        one.name: forms.rows_of(one.form, ordered=one.ordered)(data, prefix=one.name, initial=rows[one.name])
        for one in spec.rows
    }
    refusal = ""
    if data is not None and all(form.is_valid() for form in [head_form, *sets.values()] if form is not None):
        refusal, draft = _save_part(request, draft, name, spec, head_form, sets)
        if not refusal and not request.POST.get("auto"):
            desk.done(request, _("Saved."))
            return redirect("office:rule-draft-part", draft.pk, name)
    if request.POST.get("auto"):
        return _kept(request, draft, refusal)
    return _part_page(request, draft, name, head_form, sets, refusal)


def _save_part(
    request: HttpRequest, draft: DefinitionDraft, name: str, spec: Part, head: Any, sets: dict[str, Any]
) -> tuple[str, DefinitionDraft]:
    """Write what the forms say; why not, and the draft as it is then."""
    made: list[DefinitionDraft] = []
    given = head.cleaned_data if head else {}

    def act() -> None:
        whole = queries_drafts.whole_of(draft)
        changed = spec.write(whole, given, {one: _rows(sets[one]) for one in sets})
        if name == "about":
            changed = definition_edit.set_validity(
                changed, given["first"], given["last"], follows=_follows(draft, whole)
            )
        else:
            _refuse_wrong(changed, name)
        revision = shown.revision_read(request)
        made.append(
            actions.save_draft(draft=draft.pk, revision=revision, whole=changed, what=name, by=desk.officer(request))
        )

    refusal = desk.attempt(act)
    draft.refresh_from_db()
    return refusal, made[0] if made else draft


def _rows(rows: Any) -> list[dict[str, Any]]:
    """The rows that are filled in and not ticked to go, in their order."""
    kept = rows.ordered_forms if rows.can_order else [one for one in rows.forms if one not in rows.deleted_forms]
    return [
        {field: value for field, value in one.cleaned_data.items() if field not in ("DELETE", "ORDER")}
        for one in kept
        if one.cleaned_data and (one.has_changed() or one.initial)
    ]


def _follows(draft: DefinitionDraft, whole: Document) -> bool:
    """Whether the version before the edited one was open when it was published: then it ends the day before."""
    base = queries_drafts.base_of(draft)
    return bool(base and len(whole["versions"]) == len(base.versions) + 1 and base.versions[-1].valid[1] is None)


def _refuse_wrong(changed: Document, name: str) -> None:
    """A part that does not hold by itself is not kept: what was typed stays on the page."""
    wrong = next((problem for problem in definition_edit.problems(changed) if problem.part == name), None)
    if wrong:
        raise Refusal("draft_part_wrong", why=wrong.text)


def _kept(request: HttpRequest, draft: DefinitionDraft, refusal: str) -> HttpResponse:
    """The line beside the button, and the number of the revision that the form must name next."""
    return render(request, "office/programmes/kept.html", {"draft": draft, "refusal": refusal})


def _part_page(
    request: HttpRequest, draft: DefinitionDraft, name: str, head: Any, sets: dict[str, Any], refusal: str
) -> HttpResponse:
    for rows in sets.values():
        for form in rows.forms:
            dress(form)
    wrong = any(rows.is_bound and not rows.is_valid() for rows in sets.values())
    whole = queries_drafts.whole_of(draft)
    context = {
        "draft": draft, "part": name, "title": shown.part_title(name), "head": head,
        "sets": [(one, _(one.title), sets[one.name]) for one in PARTS[name].rows],
        "known": {**known(), "parameters": figures(definition_edit.edited(whole))},
        "may_write": _may_write(request, draft), "wrong": wrong, **tabs(draft),
    }  # fmt: skip
    answer = desk.page(request, "office/programmes/part.html", context, refusal=refusal)
    answer.status_code = 422 if wrong else answer.status_code
    return answer


def _may_write(request: HttpRequest, draft: DefinitionDraft) -> bool:
    officer = desk.officer(request)
    return draft.state == "open" and officer.username == draft.started_by and officer.may(WRITES)


def tabs(draft: DefinitionDraft) -> dict[str, Any]:
    """The parts of the editor, (name, title, address)."""
    return {"parts": [(name, shown.part_title(name), shown.part_address(draft, name)) for name in (
        "about", "criteria", "parameters", "benefit", "selection", "compatible", "transitions")]}  # fmt: skip


# ------------------------------------------------------------------------------------------------ conditions


@desk.needs(WRITES, "definition.view")
def criteria(request: HttpRequest, pk: int) -> HttpResponse:
    """The conditions in their order; each opens, moves or goes."""
    draft = shown.draft_or_404(request, pk)
    refusal = _arrange(request, draft) if request.method == "POST" else ""
    if request.method == "POST" and not refusal:
        return redirect("office:rule-draft-criteria", draft.pk)
    version = definition_edit.edited(queries_drafts.whole_of(draft))
    language, values = desk.language(), constants(version)
    rows = [
        {
            "id": one["id"],
            "must": one["must"],
            "text": fill((one.get("text") or {}).get(language, ""), values, language),
        }
        for one in version.get("criteria") or []
    ]
    context = {
        "draft": draft, "rows": rows, "most": MAX_CRITERIA, "may_write": _may_write(request, draft), "part": "criteria",
        **tabs(draft),
    }  # fmt: skip
    return desk.page(request, "office/programmes/criteria.html", context, refusal=refusal)


def _arrange(request: HttpRequest, draft: DefinitionDraft) -> str:
    """Move or drop one condition: ``do`` is up:id, down:id or drop:id."""
    what, _colon, id_ = request.POST.get("do", "").partition(":")

    def act() -> None:
        whole = queries_drafts.whole_of(draft)
        if what == "drop":
            changed = definition_edit.drop_criterion(whole, id_)
        else:
            changed = definition_edit.move_criterion(whole, id_, -1 if what == "up" else 1)
        revision = shown.revision_read(request)
        actions.save_draft(draft=draft.pk, revision=revision, whole=changed, what="criteria", by=desk.officer(request))

    refusal = desk.attempt(act)
    draft.refresh_from_db()
    return refusal


@desk.needs(WRITES)
def criterion(request: HttpRequest, pk: int) -> HttpResponse:
    """One condition, ``?id=`` an existing one. ``do=build`` makes the expression from the small form."""
    draft = shown.draft_or_404(request, pk)
    whole = queries_drafts.whole_of(draft)
    version, id_ = definition_edit.edited(whole), request.GET.get("id", "")
    held = next((one for one in version.get("criteria") or [] if one["id"] == id_), None)
    if id_ and held is None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = forms.CriterionForm(data, initial=_initial(held))
    builder, refusal = _builder(data), ""
    if data is not None and data.get("do") == "build":
        form, refusal = _built(data, version)
    elif form.is_bound and form.is_valid():
        refusal = _save_criterion(request, draft, id_, form, version, str(whole["unit"]))
        if not refusal:
            desk.done(request, _("Saved."))
            return redirect("office:rule-draft-criteria", draft.pk)
    context = {
        "draft": draft, "form": form, "builder": builder, "id": id_, "part": "criteria",
        "known": {**known(), "parameters": [(f":{name}", value) for name, value in figures(version)]},
        "words": [{"name": name, "label": label} for name, label in known()["facts"]]
        + [{"name": f":{name}", "label": value} for name, value in figures(version)],
        "check": _checked(str(form["must"].value() or ""), version, str(whole["unit"])), **tabs(draft),
    }  # fmt: skip
    return desk.page(request, "office/programmes/criterion.html", context, refusal=refusal)


def _initial(held: Document | None) -> dict[str, str]:
    if held is None:
        return {}
    text = held.get("text") or {}
    return {"id": held["id"], "must": held["must"], "text_bn": text.get("bn", ""), "text_en": text.get("en", "")}


def _builder(data: Any) -> forms.BuilderForm:
    """The small form; it never stops a saving, so it is not validated."""
    form = forms.BuilderForm(
        initial={name: data.get(name, "") for name in forms.BuilderForm.base_fields} if data else {}
    )
    language = desk.language()
    offer(form, "fact", [(one.name, f"{one.text.in_language(language)} ({one.name})") for one in FACTS.values()
                         if one.kind in BY_KIND])  # fmt: skip
    offer(form, "comparison", [(code, words.in_language(language)) for code, words in COMPARISONS.items()])
    dress(form)
    return form


def _built(data: Any, version: Document) -> tuple[forms.CriterionForm, str]:
    """The form with the expression made from the small one; why it could not be made."""
    given = {name: data.get(name, "") for name in forms.CriterionForm.base_fields}
    fact, comparison = data.get("fact", ""), data.get("comparison", "")
    value, second = data.get("value", "")[:200], data.get("second", "")[:60]
    try:
        made = criterion_help.build(fact, comparison, value, second, constants(version))
    except Refusal as wrong:
        return forms.CriterionForm(initial=given), wrong.say(desk.language())
    join, before = data.get("join", ""), given["must"].strip()
    given["must"] = f"({before}) {join} {made}" if before and join in ("and", "or") else made
    sentence = criterion_help.sentence(fact, comparison, value, second)
    given["id"] = given["id"] or fact
    given["text_bn"], given["text_en"] = given["text_bn"] or sentence.bn, given["text_en"] or sentence.en
    return forms.CriterionForm(initial=given), ""


def _save_criterion(
    request: HttpRequest, draft: DefinitionDraft, id_: str, form: forms.CriterionForm, version: Document, unit: str
) -> str:
    """Keep the condition; why not."""
    criterion = form.criterion()
    told = criterion_help.examine(criterion["must"], constants(version), unit)
    if isinstance(told, Mistake):
        return told.why.in_language(desk.language())

    def act() -> None:
        changed = definition_edit.put_criterion(queries_drafts.whole_of(draft), id_, criterion)
        revision = shown.revision_read(request)
        actions.save_draft(draft=draft.pk, revision=revision, whole=changed, what="criteria", by=desk.officer(request))

    refusal = desk.attempt(act)
    draft.refresh_from_db()
    return refusal


# ------------------------------------------------------------------------------------------------ the check


@require_POST
@desk.needs(WRITES)
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """What an expression is, while it is typed: its mistake and where, or what it asks and what is odd about it."""
    draft = shown.draft_or_404(request, pk)
    whole = queries_drafts.whole_of(draft)
    told = _checked(request.POST.get("must", "")[:20_000], definition_edit.edited(whole), str(whole["unit"]))
    return render(request, "office/programmes/check.html", {"check": told, "draft": draft})


def _checked(text: str, version: Document, unit: str) -> dict[str, Any]:
    """For check.html: ``state`` empty, wrong or good."""
    text = " ".join(text.split())
    if not text:
        return {"state": "empty"}
    values = constants(version)
    told = criterion_help.examine(text, values, unit)
    if isinstance(told, Mistake):
        return {"state": "wrong", "why": told.why, **_marked(text, told)}
    language = desk.language()
    reads = [
        {"fact": one.fact.text.in_language(language), "name": one.fact.name,
         "role": ROLES[one.role].in_language(language),
         "asked": [fact.text.in_language(language) for fact in one.asked if fact.name != one.fact.name]}
        for one in criterion_help.needed(told)
    ]  # fmt: skip
    hints = [hint.say(language) for hint in criteria_hints.static(text, values)] + measured.missing(text, values)
    return {"state": "good", "reads": reads, "hints": hints}


def _marked(text: str, told: Mistake) -> dict[str, Any]:
    """The expression in three pieces, the middle one wrong."""
    if told.start is None or told.end is None or len(text) > 2_000:
        return {"before": "", "wrong": "", "after": "", "place": None}
    return {
        "before": text[: told.start], "wrong": text[told.start : told.end], "after": text[told.end :],
        "place": told.start + 1,
    }  # fmt: skip

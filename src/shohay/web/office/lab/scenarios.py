"""A scenario of a comparison: its frame, what if of a programme with the answer of a sample, a new programme."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shohay.core.messages import Refusal
from shohay.stages.programmes import definitions as catalogue
from shohay.stages.results import actions_lab as actions
from shohay.stages.results import queries_lab as queries
from shohay.stages.results.models_lab import LabStudy
from shohay.web.office import desk
from shohay.web.office.lab import documents, page, views
from shohay.web.office.lab.change_form import PER, ChangeForm
from shohay.web.office.lab.forms import FrameForm, NewProgrammeForm, initial_of, keep, share
from shohay.web.office.words import choices
from shohay.web.parts import names
from shohay.web.parts.forms import dress, offer
from shohay.web.templatetags.shohay import language

DOES = "lab.simulate"


def _own(request: HttpRequest, pk: int) -> LabStudy:
    """A comparison that the officer may change; others see it on its own page."""
    row = views.found(request, pk)
    if not queries.may_change(desk.officer(request), row):
        raise Http404
    return row


def _at(row: LabStudy, number: int) -> dict[str, Any]:
    if not 1 <= number <= len(row.scenarios):
        raise Http404
    found: dict[str, Any] = row.scenarios[number - 1]
    return found


@require_POST
@desk.needs(DOES)
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """A copy of a scenario, at the end."""
    row = _own(request, pk)
    number = request.POST.get("of", "1")
    of = _at(row, int(number) if number.isdigit() else 1)
    title = {"bn": f"{of['title']['bn']} (অনুলিপি)", "en": f"{of['title']['en']} (copy)"}
    copied = {**of, "title": title}
    return desk.act(
        request,
        lambda: actions.set_scenario(study=row, place=len(row.scenarios), document=copied, by=desk.officer(request)),
        lambda refusal: views.shown(request, row, refusal), _("Added: change it now."),
        "office:lab-scenario", row.pk, len(row.scenarios) + 1,
    )  # fmt: skip


@require_POST
@desk.needs(DOES)
def drop(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    row = _own(request, pk)
    _at(row, number)
    rest = [one for place, one in enumerate(row.scenarios, 1) if place != number]
    return desk.act(
        request, lambda: actions.set_scenarios(study=row, scenarios=rest, by=desk.officer(request)),
        lambda refusal: views.shown(request, row, refusal), _("Taken out."), "office:lab-study", row.pk,
    )  # fmt: skip


@desk.needs(DOES)
def scenario(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Title, day, years, take-up, administration, line and programmes of a scenario."""
    row = _own(request, pk)
    of = _at(row, number)
    form = FrameForm(request.POST or None, initial={
        **initial_of(of, [documents.code_of(one) for one in of["programmes"]]), "on": queries.parsed(of).on,
    })  # fmt: skip
    offer(form, "programmes", _choices(of))
    if request.method == "POST" and form.is_valid():
        made = keep(form, "", lambda: actions.set_scenario(
            study=row, place=number - 1, document=_framed(of, form.cleaned_data), by=desk.officer(request)
        ))  # fmt: skip
        if made:
            desk.done(request, _("Changed."))
            return redirect("office:lab-study", row.pk)
    card = documents.card(number - 1, of)
    return desk.page(request, "office/lab/scenario.html", {"study": row, "number": number, "form": form, "card": card})


def _choices(of: Mapping[str, Any]) -> list[tuple[str, str]]:
    known = {one.code: one.title.as_text().in_language(language()) for one in catalogue.published()}
    for entry in of["programmes"]:
        if entry.get("new"):
            known[documents.code_of(entry)] = entry["new"]["title"]["en" if language() == "en" else "bn"]
        known.setdefault(documents.code_of(entry), names.programme(documents.code_of(entry), language()))
    return list(known.items())


def _framed(of: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    made = documents.with_programmes(of, given["programmes"])
    made |= {"title": {"bn": given["title_bn"], "en": given["title_en"]}, "on": given["on"].isoformat(),
             "years": given["years"], "administration": share(given["administration"])}  # fmt: skip
    if given["take_up"] is not None:
        made["take_up"] = share(given["take_up"])
    elif isinstance(made.get("take_up"), Mapping):
        made["take_up"] = {code: part for code, part in made["take_up"].items() if code in given["programmes"]}
    made.pop("line", None)
    return {**made, "line": float(given["line"])} if given["line"] else made


# ------------------------------------------------------------------------------------------------ what if


def _form(of: Mapping[str, Any], code: str, data: Any) -> tuple[ChangeForm, documents.Rules]:
    entry = documents.entry_of(of, code)
    if entry is None:
        raise Http404
    try:
        rules = documents.rules_of(entry, str(of["on"]))
    except Refusal as refusal:
        raise Http404(str(refusal)) from refusal
    drafts = [] if entry.get("new") else queries.drafts_of(code)
    form = ChangeForm(rules, entry, documents.take_up_of(of, code), drafts, data)
    dress(form)
    return form, rules


def _changed(of: Mapping[str, Any], code: str, form: ChangeForm) -> dict[str, Any]:
    return documents.with_take_up(documents.with_entry(of, form.entry_made()), code, form.take_up_made())


@desk.needs(DOES)
def change(request: HttpRequest, pk: int, number: int, code: str) -> HttpResponse:
    """What if of one programme; the button "try" answers from the sample without JavaScript."""
    row = _own(request, pk)
    of = _at(row, number)
    form, rules = _form(of, code, request.POST or None)
    context: dict[str, Any] = {
        "study": row, "number": number, "form": form, "code": code, "card": documents.card(number - 1, of),
        "name": rules.definition.title.as_text().in_language(language()), "answer": None,
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        if "try" in request.POST:
            context["answer"] = _answer(row, code, lambda: _changed(of, code, form))
        elif keep(form, "", lambda: actions.set_scenario(
            study=row, place=number - 1, document=_changed(of, code, form), by=desk.officer(request)
        )):  # fmt: skip
            desk.done(request, _("Changed."))
            return redirect("office:lab-study", row.pk)
    return desk.page(request, "office/lab/change.html", context)


@require_POST
@desk.needs(DOES)
def attempt(request: HttpRequest, pk: int, number: int, code: str) -> HttpResponse:
    """The answer of the sample to what stands in the form now; nothing is kept."""
    row = _own(request, pk)
    of = _at(row, number)
    form, _rules = _form(of, code, request.POST)
    if form.is_valid():
        answer = _answer(row, code, lambda: _changed(of, code, form))
    else:
        wrong = [f"{form[name].label}: {errors[0]}" for name, errors in form.errors.items() if name in form.fields]
        answer = {"refusal": " ".join(wrong)}
    return render(request, "office/lab/answer.html", {"answer": answer})


def _answer(row: LabStudy, code: str, made: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The first scenario beside the changed one (the first itself beside its change)."""
    try:
        return page.sampled(queries.sampled(row, [row.scenarios[0], made()]), code)
    except Refusal as refusal:
        return {"refusal": refusal.say(language())}


# ------------------------------------------------------------------------------------------------ a new programme


@desk.needs(DOES)
def new_programme(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A benefit that no programme gives yet."""
    row = _own(request, pk)
    of = _at(row, number)
    form = NewProgrammeForm(request.POST or None, initial={"unit": "person", "per": "month"})
    offer(form, "unit", choices("lab_unit", ("person", "household")))
    offer(form, "per", choices("lab_every", PER))
    if request.method == "POST" and form.is_valid():
        entry = {"new": _definition(form.cleaned_data, str(of["on"]))}
        if keep(form, "must", lambda: actions.set_scenario(
            study=row, place=number - 1, document=documents.with_entry(of, entry), by=desk.officer(request)
        )):  # fmt: skip
            desk.done(request, _("The programme was added to the scenario."))
            return redirect("office:lab-study", row.pk)
    context = {"study": row, "number": number, "form": form, "card": documents.card(number - 1, of)}
    return desk.page(request, "office/lab/programme.html", context)


def _definition(given: Mapping[str, Any], on: str) -> dict[str, Any]:
    """The shortest definition that holds: one condition, one amount, beside anything else."""
    must = " ".join(given["must"].split())
    return {
        "format": 1, "code": given["code"], "programme": given["code"], "unit": given["unit"],
        "title": {"bn": given["title_bn"], "en": given["title_en"]},
        "versions": [{
            "valid": [on, None], "legal": [{"source": "policy lab", "kind": "rule", "confidence": "low"}],
            "reference_date": "fiscal_year", "select_from": "registry",
            "payee": "self" if given["unit"] == "person" else "head",
            "parameters": {"rate": {"value": given["amount"], "unit": f"taka_per_{given['per']}"}},
            "criteria": [{"id": "who", "must": must, "text": {"bn": must, "en": must}}],
            "compatible": {"default": "allowed", "reason": {"bn": "অন্য সুবিধার সঙ্গে চলে", "en": "Allowed beside others"}},
            "priority": [{"by": "lot"}], "quota": {"by": "none", "from": "none"},
            "benefit": [{"kind": "cash", "amount": "rate", "per": given["per"], "of": given["unit"]}],
            "payment": {"rhythm": {"month": "monthly", "quarter": "quarterly", "half_year": "half_yearly",
                                   "year": "yearly"}[given["per"]]},
        }],
    }  # fmt: skip

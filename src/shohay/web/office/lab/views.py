"""The policy lab: comparisons, a new one, one with its result; running, saving, copying and dropping it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_POST

from shohay.core import document
from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.programmes import definitions as catalogue
from shohay.stages.results import actions_lab as actions
from shohay.stages.results import queries_lab as queries
from shohay.stages.results.models_lab import LabStudy
from shohay.web.office import desk, exports, works
from shohay.web.office.exports import Field
from shohay.web.office.lab import documents, page
from shohay.web.office.lab.forms import NewForm, StudyForm, keep
from shohay.web.office.words import say
from shohay.web.parts import names, pager
from shohay.web.parts.forms import offer
from shohay.web.parts.tables import Column, Table
from shohay.web.templatetags.shohay import day, language, num, state

JOB = "simulate"
SEES, DOES = "lab.view", "lab.simulate"


def state_of(study: LabStudy) -> str:
    return "saved" if study.saved else "simulated" if study.result_id else "draft"


def base_name(base: queries.Base | None, kind: str, key: str) -> str:
    """A base in words, with the day that it speaks of."""
    if base is None:
        return f"{say('lab_base', kind)} {key[:12]}"
    name = base.title[language() == "en"] or say("lab_base", kind)
    return f"{name}, {day(base.as_of)}" if base.as_of else name


# ------------------------------------------------------------------------------------------------ the list


def _found(officer: Officer, asked: exports.Asked) -> list[dict[str, Any]]:
    return [
        {"name": row.name, "base": say("lab_base", row.base_kind), "scenarios": _titles(row), "state": state_of(row),
         "owner": row.owner, "changed": row.changed_at}
        for row in queries.studies(officer)
    ]  # fmt: skip


exports.declare("lab", gettext_noop("Comparisons of the policy lab"), _found, (SEES,), [
    Field(gettext_noop("Name"), "name"), Field(gettext_noop("Simulated on"), "base"),
    Field(gettext_noop("Scenarios"), "scenarios"), Field(gettext_noop("State"), "state", "lab_state"),
    Field(gettext_noop("Owner"), "owner", "officer"), Field(gettext_noop("Changed"), "changed", "moment"),
])  # fmt: skip


def _titles(row: LabStudy) -> str:
    return "; ".join(documents.title(scenario) for scenario in row.scenarios)


@require_GET
@desk.needs(SEES)
def lab(request: HttpRequest) -> HttpResponse:
    """Own comparisons and those that are saved, newest first."""
    if kind := exports.wanted(request):
        return exports.answer(request, "lab", kind)
    officer = desk.officer(request)
    shown = pager.page(request, queries.studies(officer).order_by(), order=("-id",))
    columns = [
        Column(_("Name"), lambda row: row.name, "long", lambda row: reverse("office:lab-study", args=[row.pk])),
        Column(_("Scenarios"), _titles, "long"),
        Column(_("Simulated on"), lambda row: say("lab_base", row.base_kind)),
        Column(_("State"), state_of, "state", context="lab_state"),
        Column(_("Owner"), lambda row: names.officer(row.owner, language()), secondary=True),
        Column(_("Changed"), lambda row: row.changed_at, "moment", secondary=True),
    ]
    empty = (_("No comparison yet"), _("Begin one: choose programmes, change a rule, and see what it would do."))
    table = Table(columns, shown.rows, caption=_("Comparisons"), hide_caption=True, empty=empty)
    return desk.page(request, "office/lab/lab.html", {"table": table, "page": shown})


# ------------------------------------------------------------------------------------------------ a new one


@desk.needs(DOES)
def new(request: HttpRequest) -> HttpResponse:
    """Choose base and programmes; ``?draft=<sha256>`` compares a draft with the published rules."""
    officer = desk.officer(request)
    bases, draft = queries.bases(officer), queries.draft(request.GET.get("draft", ""))
    programmes = _programmes()
    first = [draft.code] if draft else [code for code, _name in programmes]
    named = draft.title.as_text().in_language(language()) if draft else ""
    form = NewForm(request.POST or None, request.FILES or None, initial={
        "name": _("%(programme)s: draft and published rules") % {"programme": named} if draft else "",
        "base": _key(bases[0]) if bases else "", "programmes": first,
        "on": draft.versions[-1].first if draft else timezone.localdate(),
    })  # fmt: skip
    offer(form, "base", [(_key(base), _described(base)) for base in bases])
    offer(form, "programmes", programmes)
    made: list[LabStudy] = []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        chosen = next(base for base in bases if _key(base) == given["base"])
        keep(form, "sent" if given["texts"] else "", lambda: made.append(actions.start_study(
            name=given["name"], base=chosen, scenarios=_scenarios(given, (draft.code, draft.sha256) if draft else None),
            by=officer,
        )))  # fmt: skip
        if made:
            return redirect("office:lab-study", made[0].pk)
    return desk.page(request, "office/lab/new.html", {"form": form, "draft": draft, "bases": bases})


def _key(base: queries.Base) -> str:
    return f"{base.kind}:{base.key}"


def _described(base: queries.Base) -> str:
    parts = [base_name(base, base.kind, base.key), _("%(n)s households") % {"n": num(base.households)}]
    if base.synthetic and base.kind == LabStudy.BaseKind.REGISTRY:  # the title of a survey says so itself
        parts.append(_("synthetic data"))
    return ", ".join(parts)


def _programmes() -> list[tuple[str, str]]:
    """Programmes with rules in force today that pay cash, or goods."""
    today = timezone.localdate()
    return [(one.code, one.title.as_text().in_language(language())) for one in catalogue.definitions_on(today)]


def _scenarios(given: dict[str, Any], draft: tuple[str, str] | None) -> list[dict[str, Any]]:
    if given["texts"]:
        return [document.plain(document.read(text)) for text in given["texts"]]
    today = documents.fresh(("আজকের নিয়ম", "Today’s rules"), given["on"], given["programmes"])
    if draft is None:
        return [today, documents.fresh(("যদি এমন হয়", "What if"), given["on"], given["programmes"])]
    proposed = documents.fresh(("খসড়া নিয়ম", "The draft"), given["on"], given["programmes"])
    return [today, documents.with_entry(proposed, {"code": draft[0], "draft": draft[1]})]


# ------------------------------------------------------------------------------------------------ one comparison


def found(request: HttpRequest, pk: int) -> LabStudy:
    row = queries.studies(desk.officer(request)).select_related("result").filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


@require_GET
@desk.needs(SEES)
def study(request: HttpRequest, pk: int) -> HttpResponse:
    return shown(request, found(request, pk))


def shown(request: HttpRequest, row: LabStudy, refusal: str = "", form: StudyForm | None = None) -> HttpResponse:
    """The scenarios side by side, and what came out."""
    officer, base = desk.officer(request), queries.base_of(row)
    cards, broken = [], ""
    try:
        cards = [documents.card(place, scenario) for place, scenario in enumerate(row.scenarios)]
    except Refusal as wrong:
        broken = wrong.say(language())
    context: dict[str, Any] = {
        "study": row, "state": state(state_of(row), "lab_state"), "base": base,
        "base_name": base_name(base, row.base_kind, row.base), "cards": cards, "broken": broken,
        "may_change": queries.may_change(officer, row), "full": len(row.scenarios) >= LabStudy.MOST_SCENARIOS,
        "work": works.latest(JOB, str(row.pk)), "form": form or _study_form(officer, row),
    }  # fmt: skip
    if row.result:
        context |= page.context(request, row.result)
    return desk.page(request, "office/lab/study.html", context, refusal=refusal)


def _study_form(officer: Officer, row: LabStudy, data: Any = None) -> StudyForm:
    form = StudyForm(data, initial={"name": row.name, "base": f"{row.base_kind}:{row.base}"}, auto_id="study_%s")
    offer(form, "base", [(_key(base), _described(base)) for base in queries.bases(officer)])
    return form


@require_POST
@desk.needs(DOES)
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """What was computed of the same inputs stands there at once; else the job begins."""
    row, officer = found(request, pk), desk.officer(request)
    refusal = desk.attempt(lambda: _run(row, officer))
    return shown(request, row, refusal) if refusal else redirect("office:lab-study", row.pk)


def _run(row: LabStudy, officer: Officer) -> None:
    if queries.known(queries.inputs(row)) is None:
        works.start(JOB, by=officer, subject=str(row.pk), study_id=row.pk)
    else:
        actions.simulate_study(study=row, by=officer)


@require_POST
@desk.needs(DOES)
def frame(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name or base."""
    row, officer = found(request, pk), desk.officer(request)
    form = _study_form(officer, row, request.POST)

    def change() -> None:
        chosen = next(base for base in queries.bases(officer) if _key(base) == form.cleaned_data["base"])
        actions.set_base(study=row, name=form.cleaned_data["name"], base=chosen, by=officer)

    return desk.act(request, change, lambda refusal: shown(request, row, refusal, form), _("Changed."),
                    "office:lab-study", row.pk, form=form)  # fmt: skip


@require_POST
@desk.needs(DOES)
def save(request: HttpRequest, pk: int) -> HttpResponse:
    row = found(request, pk)
    return desk.act(
        request, lambda: actions.save_study(study=row, name=row.name, by=desk.officer(request)),
        lambda refusal: shown(request, row, refusal), _("Saved: everybody who may see the lab can open it."),
        "office:lab-study", row.pk,
    )  # fmt: skip


@require_POST
@desk.needs(DOES)
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    row, made = found(request, pk), list[LabStudy]()
    name = _("%(name)s (copy)") % {"name": row.name}
    refusal = desk.attempt(
        lambda: made.append(actions.copy_study(study=row, name=name[:200], by=desk.officer(request)))
    )
    if refusal:
        return shown(request, row, refusal)
    desk.done(request, _("This is your copy: change it as you like."))
    return redirect("office:lab-study", made[0].pk)


@require_POST
@desk.needs(DOES)
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    row = found(request, pk)
    return desk.act(
        request, lambda: actions.delete_study(study=row, by=desk.officer(request)),
        lambda refusal: shown(request, row, refusal), _("The comparison was dropped."), "office:lab",
    )  # fmt: skip

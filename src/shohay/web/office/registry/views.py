"""People: open with a purpose, one page a person; and the snapshots that runs read. Looking for one: search.py."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_POST

from shohay.stages.accounts.officer import Officer
from shohay.stages.enrolment import actions as enrolment_actions
from shohay.stages.enrolment.models import Enrolment
from shohay.stages.grievance import actions as grievance_actions
from shohay.stages.payments.models import Payment
from shohay.stages.registry import actions, queries
from shohay.stages.registry import queries_quality as quality
from shohay.stages.registry import queries_verification as verification
from shohay.stages.registry.models import Person, Snapshot
from shohay.web.office import desk, exports, works
from shohay.web.office.exports import Field
from shohay.web.office.linkage.views import searching
from shohay.web.office.registry import record
from shohay.web.office.registry.forms import DeathForm, GrievanceForm, PurposeForm, RevealForm, StopForm
from shohay.web.office.verification import shown
from shohay.web.office.words import say
from shohay.web.parts import pager
from shohay.web.templatetags.shohay import digits

OPEN_FOR = timedelta(minutes=30)  # afterwards the purpose is asked again


@require_GET
@desk.needs("person.open")
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """The record when its purpose was said less than half an hour ago, else the question for it."""
    mine = _person(request, pk)
    if not _is_open(request, pk):
        return desk.page(request, "office/registry/purpose.html", {"person": mine, "form": PurposeForm()})
    return _record(request, mine)


@require_POST
@desk.needs("person.open")
def open_person(request: HttpRequest, pk: int) -> HttpResponse:
    mine, form = _person(request, pk), PurposeForm(request.POST)
    refusal = ""
    if form.is_valid():
        refusal = desk.attempt(
            lambda: actions.open_person(person_id=pk, purpose=form.in_words(), by=desk.officer(request))
        )
        if not refusal:
            until = (timezone.now() + OPEN_FOR).isoformat()
            request.session["opened"] = {**request.session.get("opened", {}), str(pk): until}
            return redirect("office:person", pk)
    return desk.page(request, "office/registry/purpose.html", {"person": mine, "form": form}, refusal=refusal)


@require_POST
@desk.needs("person.reveal")
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole number, once, counted in the log."""
    mine = _opened(request, pk)
    form = RevealForm(request.POST, numbers=_to_reveal(mine))
    whole: list[str] = []
    refusal = ""
    if form.is_valid():
        (what, number), reason, by = form.wanted(), form.cleaned_data["reason"], desk.officer(request)
        refusal = desk.attempt(
            lambda: whole.append(actions.reveal(person_id=pk, what=what, number=number, reason=reason, by=by))
        )
        if not refusal:
            return _record(request, mine, revealed={"label": form.label(), "value": whole[0]})
    return _record(request, mine, reveal_form=form, refusal=refusal)


@require_POST
@desk.needs("grievance.file")
def file_grievance(request: HttpRequest, pk: int) -> HttpResponse:
    mine = _opened(request, pk)
    form = GrievanceForm(request.POST, payments=record.payments_to_choose(mine))
    refusal = ""
    if form.is_valid():
        given = form.cleaned_data
        filed: list[str] = []
        refusal = desk.attempt(
            lambda: filed.append(
                grievance_actions.file(
                    category=given["category"], text=given["text"], person=mine, channel="office",
                    payment=Payment.objects.filter(person=mine, pk=given["payment"] or 0).first(),
                    by=desk.officer(request),
                ).number
            )
        )  # fmt: skip
        if not refusal:
            desk.done(request, _("The grievance is filed. Its number is %(number)s.") % {"number": filed[0]})
            return redirect("office:person", pk)
    return _record(request, mine, grievance_form=form, refusal=refusal)


@require_POST
@desk.needs("enrolment.stop")
def propose_stop(request: HttpRequest, pk: int) -> HttpResponse:
    mine, by = _opened(request, pk), desk.officer(request)
    form = StopForm(request.POST, enrolments=record.stoppable(mine))

    def propose() -> None:
        given = form.cleaned_data
        enrolment = Enrolment.objects.get(pk=given["enrolment"], person=mine)
        enrolment_actions.propose_stop(enrolment=enrolment, reason=given["reason"], on=given["on"], by=by)

    said = _("The stop is proposed. Another officer must approve it.")
    again = partial(_again, request, mine, stop_form=form)
    return desk.act(request, propose, again, said, "office:person", pk, form=form)


@require_POST
@desk.needs("enrolment.stop")
def record_death(request: HttpRequest, pk: int) -> HttpResponse:
    """Payrolls hold the person back from now on; the benefit itself ends by a stop, which two officers decide."""
    mine, form, by = _opened(request, pk), DeathForm(request.POST), desk.officer(request)
    return desk.act(
        request,
        lambda: actions.record_death(person=mine, died_on=form.cleaned_data["died_on"], source=form.source(), by=by),
        partial(_again, request, mine, death_form=form),
        _("The death is recorded. Payrolls hold the person back from now on."),
        "office:person", pk, form=form,
    )  # fmt: skip


def _again(request: HttpRequest, mine: Person, why: str, **rest: object) -> HttpResponse:
    return _record(request, mine, refusal=why, **rest)


def _snapshots(officer: Officer, asked: exports.Asked) -> QuerySet[Snapshot]:
    return queries.snapshots().order_by("-taken_at", "-id")


exports.declare("snapshots", gettext_noop("Snapshots"), _snapshots, ("snapshot.take", "run.view"), [
    Field(gettext_noop("As of"), "as_of", "day"), Field(gettext_noop("Households"), "counts__households", "number"),
    Field(gettext_noop("People"), "counts__persons", "number"), Field(gettext_noop("Taken"), "taken_at", "moment"),
    Field(gettext_noop("Taken by"), "taken_by", "officer"), Field(gettext_noop("Fingerprint"), "sha256"),
])  # fmt: skip


@require_GET
@desk.needs("snapshot.take", "run.view")
def snapshots(request: HttpRequest) -> HttpResponse:
    if kind := exports.wanted(request):
        return exports.answer(request, "snapshots", kind)
    rows = pager.page(request, queries.snapshots(), order=("-taken_at", "-id"))
    context = {"rows": rows, "work": works.latest("take_snapshot", ""), **searching()}
    return desk.page(request, "office/registry/snapshots.html", context)


@require_POST
@desk.needs("snapshot.take")
def take_snapshot(request: HttpRequest) -> HttpResponse:
    """Copying the registry takes minutes: a job does it."""
    works.start("take_snapshot", by=desk.officer(request))
    return redirect("office:snapshots")


def _person(request: HttpRequest, pk: int) -> Person:
    """The person within the officer's areas; any other number is not found."""
    try:
        found: Person | None = queries.person(desk.officer(request), pk)
    except Person.DoesNotExist:
        found = None
    if found is None:
        raise Http404
    return found


def _is_open(request: HttpRequest, pk: int) -> bool:
    until = request.session.get("opened", {}).get(str(pk))
    return until is not None and datetime.fromisoformat(until) > timezone.now()


def _opened(request: HttpRequest, pk: int) -> Person:
    """A person whose record is open; acting on a closed record is not found."""
    if not _is_open(request, pk):
        raise Http404
    return _person(request, pk)


def _record(request: HttpRequest, mine: Person, *, refusal: str = "", **rest: object) -> HttpResponse:
    officer = desk.officer(request)
    context = {
        "person": mine,
        "members": queries.members(mine.household),
        "who": record.who(mine, timezone.localdate()),
        "numbers": _numbers(mine),
        "revealed": None,
        "facts": record.facts(mine),
        "decisions": record.decisions(officer, mine),
        "timeline": record.timeline(officer, mine),
        "reveal_form": RevealForm(numbers=_to_reveal(mine)) if officer.may("person.reveal") else None,
        "grievance_form": GrievanceForm(payments=record.payments_to_choose(mine)),
        "stop_form": _stop_form(officer, mine),
        "death_form": DeathForm(initial={"died_on": mine.death_date}) if officer.may("enrolment.stop") else None,
        "quality": quality.findings_of(mine.household_id, mine.pk) + quality.findings_of(mine.household_id),
        "verified": shown.verified(mine),
        "findings": [shown.told(row, masked=False) for row in verification.findings_of(mine)],
        **rest,
    }
    return desk.page(request, "office/registry/person.html", context, refusal=refusal)


def _stop_form(officer: Officer, mine: Person) -> StopForm | None:
    """Of a person who has died it offers the stop by death; the other reasons stay to choose."""
    if not officer.may("enrolment.stop"):
        return None
    return StopForm(enrolments=record.stoppable(mine), initial={"reason": "death"} if mine.death_date else None)


def _numbers(mine: Person) -> list[tuple[str, str]]:
    """Identity and account numbers in use, masked: (what it is, the mask)."""
    found = [(say("identity", one.kind), one.mask) for one in verification.numbers(mine) if not one.withdrawn_at]
    return [*found, *_account(mine)]


def _to_reveal(mine: Person) -> list[tuple[str, str]]:
    """The numbers an officer may ask to see whole: (what:key, kind and mask), those withdrawn last but the account."""
    found = []
    for one in verification.numbers(mine):
        kind = say("identity", one.kind)
        label = _("%(kind)s (withdrawn)") % {"kind": kind} if one.withdrawn_at else kind
        found.append((f"identity:{one.pk}", f"{label} {one.mask}"))
    return [*found, *(("account", f"{label} {mask}") for label, mask in _account(mine))]


def _account(mine: Person) -> list[tuple[str, str]]:
    masked = queries.masked(mine)
    if not masked["account"]:
        return []
    provider = _provider(masked["provider"])
    return [(f"{say('account', masked['account_kind'])} {provider}".strip(), masked["account"])]


def _provider(code: str) -> str:
    """The wallet's name; of a bank its code, as no list of banks is at hand."""
    return _("bank code %(code)s") % {"code": digits(code)} if code.isdigit() else say("provider", code) if code else ""

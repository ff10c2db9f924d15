"""The page of a household: who lives there on a day, what is known of them, what happened, and the history."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shohay.stages.accounts.officer import Officer
from shohay.stages.registry import actions_households, queries, queries_history
from shohay.stages.registry.models import Household, Person
from shohay.stages.registry.models_history import Dated
from shohay.stages.registry.queries_history import FactAsOf, HouseholdAsOf
from shohay.web.office import desk
from shohay.web.office.registry import changes, values
from shohay.web.office.registry.event_forms import OWN
from shohay.web.office.registry.forms import PurposeForm
from shohay.web.office.words import say
from shohay.web.parts.forms import BanglaDateField
from shohay.web.templatetags.shohay import digits, local

OPEN_FOR = timedelta(minutes=30)
TABS = ("now", "events", "history")
# of a member, where known
SHOWN = ("marital", "disability", "functioning", "pregnancy", "schooling", "work", "income", "away")


class Line(NamedTuple):
    """One fact as the page shows it."""

    label: str
    value: str
    since: date | None
    story: str  # source and by whom, in words


def opened(request: HttpRequest, pk: int) -> Household | None:
    """The household when its record, or that of one of its people, is open; None when its purpose must be asked."""
    try:
        mine = queries.household_of(desk.officer(request), pk)
    except Household.DoesNotExist:
        raise Http404 from None
    held = request.session.get("opened", {})
    keys = [f"h{pk}", *map(str, Person.objects.filter(household=mine).values_list("pk", flat=True))]
    now = timezone.now()
    return mine if any(key in held and datetime.fromisoformat(held[key]) > now for key in keys) else None


@require_GET
@desk.needs("person.open")
def page(request: HttpRequest, pk: int) -> HttpResponse:
    mine = opened(request, pk)
    if mine is None:
        row = queries.household_of(desk.officer(request), pk)
        return desk.page(request, "office/registry/household_purpose.html", {"household": row, "form": PurposeForm()})
    return _record(request, mine)


@require_POST
@desk.needs("person.open")
def open_record(request: HttpRequest, pk: int) -> HttpResponse:
    opened(request, pk)  # 404 outside the officer's areas
    form = PurposeForm(request.POST)
    refusal = ""
    if form.is_valid():
        by = desk.officer(request)
        refusal = desk.attempt(
            lambda: actions_households.open_household(household_id=pk, purpose=form.in_words(), by=by)
        )
        if not refusal:
            until = (timezone.now() + OPEN_FOR).isoformat()
            request.session["opened"] = {**request.session.get("opened", {}), f"h{pk}": until}
            return redirect("office:household", pk)
    row = queries.household_of(desk.officer(request), pk)
    context = {"household": row, "form": form}
    return desk.page(request, "office/registry/household_purpose.html", context, refusal=refusal)


def _record(request: HttpRequest, mine: Household) -> HttpResponse:
    officer, today = desk.officer(request), timezone.localdate()
    on, wrong = _day(request.GET.get("on", ""), today)
    known, wrong_known = _day(request.GET.get("known", ""), today)
    known_at = None if known == today else timezone.make_aware(datetime(known.year, known.month, known.day, 23, 59, 59))  # noqa: DTZ001
    tab = request.GET.get("tab", "now")
    seen = queries_history.household_as_of(officer, mine.pk, on, known_at)
    people_away = queries_history.away(mine)
    context = {
        "household": mine, "seen": seen, "on": on, "known": known, "today": today, "is_now": on == today,
        "known_then": known_at is not None, "wrong": wrong or wrong_known,
        "typed_on": request.GET.get("on", ""), "typed_known": request.GET.get("known", ""),
        "tab": tab if tab in TABS else "now",
        "members": _members(seen, on), "facts": _facts(seen), "away": _away(people_away),
        "menu": menu(officer, mine, bool(people_away)) if on == today else [],
        "events": queries_history.events_of(officer, mine).prefetch_related("people__person")[:50],
        "undecided": queries_history.events_of(officer, mine).filter(state="proposed").count(),
        "history": _history(queries_history.history(officer, mine)) if tab == "history" else [],
    }  # fmt: skip
    return desk.page(request, "office/registry/household.html", context)


def menu(officer: Officer, mine: Household, people_away: bool) -> list[dict[str, str]]:
    """What may have happened to this household: (kind, address)."""
    if not officer.may("event.propose") or (mine.closed_on is not None and not people_away):
        return []
    shown = [kind for kind in OWN if people_away or kind != "return"]
    return [{"kind": kind, "address": reverse("office:event-new", args=[mine.pk, kind])} for kind in shown]


def _day(text: str, otherwise: date) -> tuple[date, str]:
    """The day typed, or today with what is wrong about it."""
    if not text.strip():
        return otherwise, ""
    try:
        day: date = BanglaDateField().clean(text)
    except ValidationError:
        return otherwise, _("Write the day like 21/11/2026.")
    return (day, "") if day <= otherwise else (otherwise, _("That day has not come yet."))


def _members(seen: HouseholdAsOf, on: date) -> list[dict[str, Any]]:
    """Each member of the day with age, and the facts that an officer asks for first."""
    found = []
    for member in seen.members:
        birth = member.facts["birth"].value["birth_date"] if "birth" in member.facts else None
        name = member.facts["name"].value if "name" in member.facts else {}
        found.append({
            "person": member.person, "name": name, "relation": member.relation, "since": member.since,
            "sex": member.facts["sex"].value["sex"] if "sex" in member.facts else member.person.sex,
            "age": _age(date.fromisoformat(birth), on) if birth else None,
            "lines": _glance(SHOWN, member.facts),
        })  # fmt: skip
    return found


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _glance(wanted: tuple[str, ...], facts: dict[str, FactAsOf]) -> list[Line]:
    """What is worth a look, in short."""
    lines = []
    for fact in wanted:
        text = values.brief(facts[fact].value) if fact in facts else ""
        if fact == "functioning" and text:
            text = _("a disability by the Washington Group questions") + f": {text}"
        if text:
            lines.append(Line(say("fact", fact), text, facts[fact].since, story(facts[fact])))
    return lines


def story(known: FactAsOf | Dated) -> str:
    """Where a value comes from and who stands for it."""
    said = say("known_from", known.source)
    if known.source in ("event", "correction"):
        said += f" {digits(known.source_ref)}"
    return said


def _facts(seen: HouseholdAsOf) -> list[Line]:
    return _lines(("address", "dwelling", "assets", "land", "income", "disaster", "programmes", "closed"), seen.facts)


def _lines(wanted: tuple[str, ...], facts: dict[str, FactAsOf]) -> list[Line]:
    """The wanted facts of which something is known."""
    shown = [(fact, values.in_words(fact, facts[fact].value, {})) for fact in wanted if fact in facts]
    return [Line(say("fact", fact), text, facts[fact].since, story(facts[fact])) for fact, text in shown if text != "–"]


def _away(people: list[tuple[Person, Dated]]) -> list[dict[str, Any]]:
    return [
        {"person": person, "where": values.in_words("away", row.value, {}), "since": row.valid.lower}
        for person, row in people
    ]


def _history(rows: list[Dated]) -> list[dict[str, Any]]:
    """Lines of the history tab: whose, what, when it held, since and until when it was believed, source, by whom."""
    known = changes.references(row.value.get("household") for row in rows)
    return [
        {
            "who": local(row.person, "name") if row.person else _("The household"), "person": row.person_id,
            "fact": say("fact", row.fact), "value": values.in_words(row.fact, row.value, known),
            "valid_from": row.valid.lower, "valid_to": row.valid.upper,
            "known_from": row.known.lower, "known_to": row.known.upper,
            "story": story(row), "event": row.source_ref if row.source in ("event", "correction") else "",
            "recorded_by": row.recorded_by, "checked_by": row.checked_by,
        }
        for row in rows
    ]  # fmt: skip

"""What the person page shows: facts with their source, decisions with reasons, and everything that happened."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.queries import events_about
from shohay.stages.enrolment import queries as enrolment
from shohay.stages.enrolment.models import Enrolment
from shohay.stages.grievance import queries as grievances
from shohay.stages.payments import queries as payments
from shohay.stages.payments import queries_kind as goods
from shohay.stages.places import queries as places
from shohay.stages.registry import queries_history
from shohay.stages.registry.models import Person
from shohay.stages.targeting import queries as targeting
from shohay.web.office import desk
from shohay.web.office.programmes.reading import reasons
from shohay.web.office.words import OFFICE_WORDS, say
from shohay.web.parts import names
from shohay.web.parts.words import word
from shohay.web.templatetags.office import kg, month
from shohay.web.templatetags.shohay import day, digits, local, num, taka


class Fact(NamedTuple):
    label: str
    value: str | int | date | None  # None: not known
    kind: str  # text | number | taka | day: how the page writes the value


class FactGroup(NamedTuple):
    label: str
    source: str  # the file it came from
    recorded: datetime
    facts: list[Fact]


# what the timeline shows beside each kind of event: (icon, tone)
MARKS = {
    "applied": ("pencil", ""),
    "eligible": ("check-lg", "good"),
    "not_eligible": ("x-lg", "bad"),
    "cannot_tell": ("question-circle-fill", "wait"),
    "enrolled": ("person-check", "good"),
    "stopped": ("pause-circle", "wait"),
    "paid": ("cash-stack", "good"),
    "returned": ("cash-stack", "bad"),
    "payment": ("cash-stack", "busy"),
    "received": ("check-circle-fill", "good"),
    "missed": ("x-lg", "bad"),
    "grievance": ("chat-left-text", "wait"),
    "answer": ("chat-left-text", "good"),
    "opened": ("lock", ""),
    "life": ("people", "busy"),
    "died": ("exclamation-triangle-fill", "wait"),
}
MARK_OF = {"person.death_recorded": "died"}


def happening(
    at: datetime | date, mark: str, title: str, programme: str = "", text: str = "", *, who: str = "", href: str = ""
) -> dict[str, Any]:
    """One event as parts/timeline.html takes it; the programme's name follows the title."""
    icon, tone = MARKS[mark]
    name = f": {names.programme(programme, desk.language())}" if programme else ""
    title += name
    return {"at": at, "icon": icon, "tone": tone, "title": title, "text": text, "said": text, "who": who, "href": href,
            "times": 1}  # fmt: skip


def who(person: Person, today: date) -> str:
    """Who in one line: sex, age, relation, place."""
    said = [say("person", person.sex)]
    if person.birth_date:
        born = person.birth_date
        years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        said.append(_("%(years)s years") % {"years": num(years)})
    said += [say("relation", person.relation), places.full_name(person.area_code, desk.language())]
    return " · ".join(part for part in said if part)


def facts(person: Person) -> list[FactGroup]:
    """Facts of the person and of the household, each group with the file and day it comes from."""
    household = person.household
    return [
        FactGroup(_("About the person"), _source(person), person.recorded_at, _person_facts(person)),
        FactGroup(_("About the household"), _source(household), household.recorded_at, _household_facts(household)),
    ]


def _source(row: Any) -> str:
    return row.upload.file_name if row.upload_id else ""


def _word(kind: str, code: object) -> str | None:
    return None if code in ("", None) else say(kind, code)


def _yes_no(value: bool | None) -> str | None:
    return None if value is None else say("yes_no", value)


def _person_facts(person: Person) -> list[Fact]:
    return [
        Fact(_("Born on"), person.birth_date, "day"),
        Fact(_("Sex"), _word("sex", person.sex), "text"),
        Fact(_("Father"), person.father_name or None, "text"),
        Fact(_("Mother"), person.mother_name or None, "text"),
        Fact(_("Marital status"), _word("marital_status", person.marital_status), "text"),
        Fact(_("Disability"), _word("disability", person.disability), "text"),
        Fact(_("Disability card"), _yes_no(person.disability_card), "text"),
        Fact(_("Schooling"), _word("school_level", person.school_level), "text"),
        Fact(_("Own income in a year"), person.annual_income, "taka"),
        Fact(_("Government salary"), _yes_no(person.government_salary), "text"),
        Fact(_("Government pension"), _yes_no(person.government_pension), "text"),
        Fact(_("Permanent resident"), _yes_no(person.permanent_resident), "text"),
        *(Fact(say("column", column), _word(column, value), "text") for column, value in _seldom(person)),
        *([Fact(_("Died on"), person.death_date, "day")] if person.death_date else []),
    ]


def _seldom(person: Person) -> list[tuple[str, str]]:
    """What is said of few people, and shown only of them."""
    told = [(column, str(getattr(person, column))) for column in ("freedom_fighter", "serious_illness")]
    return [(column, value) for column, value in told if value not in ("", "none")]


def _household_facts(household: Any) -> list[Fact]:
    return [
        Fact(_("Household number"), household.reference, "text"),
        Fact(_("Kind of place"), _word("area_type", household.area_type), "text"),
        Fact(_("Rooms"), household.rooms, "number"),
        Fact(_("Walls"), _word("walls", household.walls), "text"),
        Fact(_("Income in a year"), household.annual_income, "taka"),
        Fact(_("Homestead land (decimals)"), household.homestead_decimals, "number"),
        Fact(_("Farm land (decimals)"), household.cultivable_decimals, "number"),
        Fact(_("Television"), _yes_no(household.has_television), "text"),
        Fact(_("Mobile phones"), household.mobile_phones, "number"),
        Fact(_("Hit by a disaster"), _yes_no(household.disaster_hit), "text"),
    ]


def decisions(officer: Officer, person: Person) -> list[dict[str, Any]]:
    """Every answer given, newest run first, as parts/decision.html takes it: each criterion and how it came out."""
    return [
        {
            "outcome": decision.outcome,
            "title": names.programme(decision.programme_code, desk.language()),
            "href": "",
            "note": _standing(decision),
            "criteria": reasons(decision, desk.language()),
        }
        for decision in targeting.decisions_of(officer, person.pk)
    ]


def _standing(decision: Any) -> str:
    """Where the person stands on the list: rank, score, selected or beyond the quota."""
    if decision.outcome != "eligible" or decision.rank is None:
        return ""
    said = _("Selected, rank %(rank)s") if decision.selected else _("Beyond the quota, rank %(rank)s")
    return said % {"rank": num(decision.rank)}


def timeline(officer: Officer, person: Person) -> list[dict[str, Any]]:
    """Everything that happened, newest first: one query a kind."""
    found = [*_applied(officer, person), *_decided(officer, person), *_enrolled(person), *_paid(person)]
    found += [*_received(person), *_complained(officer, person), *_opened(person), *_lived(officer, person)]
    return _together(sorted(found, key=lambda event: _at(event["at"]), reverse=True))


def _together(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same thing done by the same officer again and again is one line, with how often; the last time stands."""
    found: list[dict[str, Any]] = []
    for event in events:
        last = found[-1] if found else {}
        if event["who"] and all(last.get(key) == event[key] for key in ("icon", "title", "said", "who", "href")):
            last["times"] += 1
            last["text"] = _("%(what)s (%(n)s times)") % {
                "what": last["said"] or last["title"],
                "n": num(last["times"]),
            }
        else:
            found.append(event)
    return found


def _at(day: datetime | date) -> datetime:
    """The moment; of a day of which no hour is known, its beginning."""
    if isinstance(day, datetime):
        return day
    return timezone.make_aware(datetime(day.year, day.month, day.day))  # noqa: DTZ001 - made aware here


def _applied(officer: Officer, person: Person) -> list[dict[str, Any]]:
    return [
        happening(row.applied_on, "applied", _("Applied"), row.programme_code, say("channel", row.channel))
        for row in targeting.applications_of(officer, person.pk)
    ]


def _decided(officer: Officer, person: Person) -> list[dict[str, Any]]:
    return [
        happening(row.run.started_at, row.outcome, say("outcome", row.outcome), row.programme_code, _standing(row))
        for row in targeting.decisions_of(officer, person.pk)
    ]


def _enrolled(person: Person) -> list[dict[str, Any]]:
    found = []
    for row in enrolment.enrolments_of(person):
        since = _("from %(day)s") % {"day": day(row.valid.lower)}
        found.append(
            happening(row.enrolled_at, "enrolled", _("Enrolled"), row.programme_code, since, who=row.enrolled_by)
        )
        if row.state == "stopped" and row.valid.upper:
            reason = say("stop", row.stop_reason)
            found.append(
                happening(
                    row.valid.upper, "stopped", _("Stopped"), row.programme_code, reason, who=row.stop_approved_by
                )
            )
    return found


def _paid(person: Person) -> list[dict[str, Any]]:
    found = []
    for row in payments.payments_of(person):
        mark = {"paid": "paid", "returned": "returned", "rejected": "returned"}.get(row.state, "payment")
        words = f"{taka(row.amount_poisha)} · {say('payment', row.state)}"
        if row.reason_code:
            words += f": {local(payments.reason_words(row.reason_code))}"
        found.append(happening(row.state_at, mark, _("Payment"), row.programme_code, words))
    return found


def _received(person: Person) -> list[dict[str, Any]]:
    """Goods: what was handed over, and what was not."""
    found = []
    for row in goods.rations_of(person):
        what, on = say("item", row.item), row.given_on or row.period_start
        if row.state == "given":
            words = _("Received %(kg)s %(item)s") % {"kg": kg(row.given_grams), "item": what}
            mark, at = "received", on
        else:
            words = f"{kg(row.grams)} {what} · {word(row.state, desk.language(), 'ration')}"
            mark = "missed" if row.state == "not_given" else "payment"
            at = row.recorded_at or row.distribution.prepared_at
        words += f": {say('ration_reason', row.reason)}" if row.reason else ""
        found.append(happening(at, mark, _("Goods"), row.programme_code, f"{month(row.period_start)} · {words}"))
    return found


def _complained(officer: Officer, person: Person) -> list[dict[str, Any]]:
    found = []
    for row in grievances.grievances_of(person):
        about = f"{digits(row.number)} · {say('grievance', row.category)}"
        href = reverse("office:grievance", args=[row.number]) if officer.may("grievance.view") else ""
        found.append(happening(row.filed_at, "grievance", _("Grievance"), row.programme_code, about, href=href))
        for reply in row.replies.all():
            words = f"{digits(row.number)} · {say('grievance', reply.outcome)}"
            found.append(
                happening(reply.answered_at, "answer", _("Answer"), row.programme_code, words, who=reply.answered_by)
            )
    return found


def _lived(officer: Officer, person: Person) -> list[dict[str, Any]]:
    """Life events that were written, on the day they happened; and who opened the household that the person is of."""
    events = queries_history.events_of_person(officer, person).filter(state="approved")
    found = [
        happening(
            row.happened_on, "life", say("life_event", row.kind), who=row.proposed_by,
            href=reverse("office:event", args=[row.pk]) if officer.may("event.view") else "",
        )
        for row in events
    ]  # fmt: skip
    opened = events_about("household", person.household_id).filter(action="household.opened")
    return found + [
        happening(row.at, "opened", _("Household record opened"), text=_purpose(row.reason), who=row.actor)
        for row in opened[:20]
    ]


def _opened(person: Person) -> list[dict[str, Any]]:
    """Who opened the record, who asked for a whole number, and a death that was written down."""
    titles = {
        "person.opened": _("Record opened"),
        "person.revealed": _("Whole number shown"),
        "person.death_recorded": _("Death recorded"),
        "account.proposed": _("Another account proposed"),
        "account.changed": _("Account changed"),
    }
    return [
        happening(
            event.at,
            MARK_OF.get(event.action, "opened"),
            titles[event.action],
            "",
            _purpose(event.reason),
            who=event.actor,
        )
        for event in events_about("person", person.pk)
        if event.action in titles
    ]


def _purpose(reason: str) -> str:
    """'verification: letter 12' with the purpose in words; 'certificate: 2026/114' with what shows a death."""
    code, colon, note = reason.partition(":")
    return say("evidence" if code in OFFICE_WORDS["evidence"] else "purpose", code) + (
        f": {note.strip()}" if colon else ""
    )


def payments_to_choose(person: Person) -> list[tuple[str, str]]:
    """The last payments that a complaint may be about: (id, programme, period, amount and state)."""
    return [
        (
            str(row.pk),
            f"{names.programme(row.programme_code, desk.language())}, {day(row.period_start)}: "
            f"{taka(row.amount_poisha)}, {say('payment', row.state)}",
        )
        for row in payments.payments_of(person)[:12]
    ]


def stoppable(person: Person) -> list[tuple[str, str]]:
    """Benefits that run and have no stop proposed: (id, name of the programme)."""
    running = list(Enrolment.objects.filter(person=person, state="active", stop_proposed_by="").order_by("id"))
    return [(str(row.pk), names.programme(row.programme_code, desk.language())) for row in running]


def areas_to_choose(officer: Officer) -> list[tuple[str, str]]:
    """Areas that narrow a search: the unions of an upazila officer, the upazilas of everybody else."""
    places_by_code = places.AREA_NAMES()
    at = 1 if desk.language() == "en" else 0
    small = [code for code in officer.areas if len(code) >= 6]
    wanted = 8 if small else 6
    shown = [
        (code, pair[at])
        for code, pair in places_by_code.items()
        if len(code) == wanted and any(code.startswith(mine) for mine in officer.areas)
    ]
    if wanted == 6:
        shown = [
            (code, f"{places_by_code[code[:4]][at] + ': ' if code[:4] in places_by_code else ''}{name}")
            for code, name in shown
        ]
    return sorted(shown, key=lambda pair: pair[1])

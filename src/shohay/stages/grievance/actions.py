"""Complaints: filed by the person or an officer, answered within working days, appealed, closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from shohay.bulk import sealing
from shohay.core import deadlines
from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit import actions as audit
from shohay.stages.grievance.models import Grievance, Holiday, Reply
from shohay.stages.grievance.queries import contacts_shown_today, holidays_after
from shohay.stages.payments.models import Payment
from shohay.stages.registry.models import Person
from shohay.stages.registry.queries import key_ring

TEXT_LIMIT = 4000
CHANNELS = ("online", "office", "333")
REVEALS_A_DAY = 50  # contacts one officer may see in a day, as with the numbers of people
CONTACT = "grievance_grievance.contact_sealed"


def file(
    *,
    category: str,
    text: str,
    person: Person | None = None,
    payment: Payment | None = None,
    channel: str,
    contact: str | None = None,
    area_code: str = "",
    programme_code: str = "",
    by: Officer,
) -> Grievance:
    """File a complaint and start its clock: GRIEVANCE_DAYS working days, the day of filing not counted.

    Online anybody may complain, without a name; ``contact`` (a phone number) is sealed. Area and programme come from
    the payment or person when there is one.
    """
    area_code, programme_code = _whose(person, payment, area_code, programme_code)
    if channel != "online":
        by.require("grievance.file", area=area_code)
    _check(category, text, channel, person, payment)
    now = timezone.now()
    today = timezone.localdate(now)
    with transaction.atomic():
        number, pk = _next_number(today.year)
        grievance = Grievance(
            pk=pk,
            number=number,
            person=person or (payment.person if payment else None),
            payment=payment,
            programme_code=programme_code,
            area_code=area_code,
            category=category,
            channel=channel,
            text=text.strip(),
            contact_sealed=_sealed(contact, number),
            filed_at=now,
            filed_by="" if channel == "online" else by.username,
            due_on=deadlines.add_working_days(today, deadlines.GRIEVANCE_DAYS, holidays_after(today)),
        )
        grievance.save(force_insert=True)
        _record("grievance.filed", grievance, by, {"category": category, "channel": channel, "due": grievance.due_on})
    return grievance


def _whose(person: Person | None, payment: Payment | None, area: str, programme: str) -> tuple[str, str]:
    if payment is not None:
        return payment.area_code, payment.programme_code
    return (person.area_code if person else area), programme


def _check(category: str, text: str, channel: str, person: Person | None, payment: Payment | None) -> None:
    if category not in Grievance.Category.values or channel not in CHANNELS:
        raise Refusal("grievance_kind_unknown", kind=category if channel in CHANNELS else channel)
    if not text.strip():
        raise Refusal("grievance_text_missing")
    if len(text) > TEXT_LIMIT:
        raise Refusal("grievance_text_long", limit=TEXT_LIMIT)
    if person is not None and payment is not None and payment.person_id != person.pk:
        raise Refusal("payment_not_theirs")


def _next_number(year: int) -> tuple[str, int]:
    """What the complainant is told, and the id it is made of; numbers may have gaps, never twins."""
    with connection.cursor() as cursor:
        cursor.execute("select nextval(pg_get_serial_sequence('grievance_grievance', 'id'))")
        (pk,) = cursor.fetchone()
    return f"G-{year}-{pk:06d}", pk


def _ring() -> sealing.KeyRing:
    return key_ring()


def _sealed(contact: str | None, number: str) -> bytes | None:
    """Bound to the number of the complaint: copied to another one it does not open."""
    return sealing.seal(_ring(), number, CONTACT, contact.strip()) if contact and contact.strip() else None


def reveal_contact(*, grievance: Grievance, reason: str, by: Officer) -> str:
    """The contact of a complainant, for an officer who must call them; counted, leaves a trace. '' when none was left.

    Raises reason_missing, reveal_too_many, sealed_elsewhere.
    """
    by.require("grievance.answer", area=grievance.area_code)
    if not reason.strip():
        raise Refusal("reason_missing")
    if grievance.contact_sealed is None:
        return ""
    if (today := contacts_shown_today(by)) >= REVEALS_A_DAY:
        raise Refusal("reveal_too_many", count=today, limit=REVEALS_A_DAY)
    with transaction.atomic():
        try:
            number = sealing.open_sealed(_ring(), grievance.number, CONTACT, bytes(grievance.contact_sealed))
        except ValueError as error:
            raise Refusal("sealed_elsewhere") from error
        _record("grievance.contact_revealed", grievance, by, {"of_today": today + 1}, reason.strip())
    return number


def answer(*, grievance: Grievance, outcome: str, text: str, by: Officer) -> Reply:
    """Answer a complaint, or decide an appeal: after an appeal the answer closes it."""
    if not text.strip():
        raise Refusal("answer_missing")
    if outcome not in Reply.Outcome.values:
        raise Refusal("grievance_kind_unknown", kind=outcome)
    with transaction.atomic():
        grievance = _locked(grievance, Grievance.State.FILED, Grievance.State.APPEALED)
        by.require("grievance.answer", area=grievance.area_code)
        if grievance.state == Grievance.State.APPEALED and _answered_first(grievance) == by.username:
            raise Refusal("same_person")  # an appeal is decided by somebody else
        now = timezone.now()
        reply = Reply.objects.create(
            grievance=grievance, outcome=outcome, text=text.strip(), answered_by=by.username, answered_at=now
        )
        late = deadlines.working_days_late(grievance.due_on, timezone.localdate(now), holidays_after(grievance.due_on))
        if grievance.state == Grievance.State.APPEALED:
            grievance.state, grievance.closed_at, grievance.closed_by = Grievance.State.CLOSED, now, by.username
        else:
            grievance.state = Grievance.State.ANSWERED
        grievance.save(update_fields=["state", "closed_at", "closed_by"])
        _record("grievance.answered", grievance, by, {"outcome": outcome, "working_days_late": late})
    return reply


def _answered_first(grievance: Grievance) -> str:
    return grievance.replies.order_by("id").values_list("answered_by", flat=True).first() or ""


def appeal(*, grievance: Grievance, text: str, by: Officer) -> Grievance:
    """The person does not accept the answer: a new clock of APPEAL_DAYS working days, decided by another officer."""
    if not text.strip():
        raise Refusal("grievance_text_missing")
    with transaction.atomic():
        grievance = _locked(grievance, Grievance.State.ANSWERED)
        if grievance.channel != "online":
            by.require("grievance.file", area=grievance.area_code)
        today = timezone.localdate()
        grievance.state = Grievance.State.APPEALED
        grievance.appeal_text, grievance.appealed_at = text.strip()[:TEXT_LIMIT], timezone.now()
        grievance.due_on = deadlines.add_working_days(today, deadlines.APPEAL_DAYS, holidays_after(today))
        grievance.save(update_fields=["state", "appeal_text", "appealed_at", "due_on"])
        _record("grievance.appealed", grievance, by, {"due": grievance.due_on})
    return grievance


def close(*, grievance: Grievance, by: Officer) -> Grievance:
    """The answer stands: nobody appealed, or the person is content."""
    with transaction.atomic():
        grievance = _locked(grievance, Grievance.State.ANSWERED)
        by.require("grievance.answer", area=grievance.area_code)
        grievance.state, grievance.closed_at = Grievance.State.CLOSED, timezone.now()
        grievance.closed_by = by.username
        grievance.save(update_fields=["state", "closed_at", "closed_by"])
        _record("grievance.closed", grievance, by, {})
    return grievance


def set_holidays(*, days: Iterable[tuple[date, str, str]], source: str, by: Officer) -> int:
    """Enter gazetted holidays (day, Bangla, English); a day entered before gets the new names. How many were given.

    Clocks already running keep the day that the complainant was told.
    """
    by.require("grievance.answer", area="")
    rows = [Holiday(day=day, name_bn=bn, name_en=en, source=source) for day, bn, en in days]
    with transaction.atomic():
        Holiday.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["day"], update_fields=["name_bn", "name_en", "source"]
        )
        audit.record(action="holidays.set", by=by, detail={"days": [str(row.day) for row in rows], "source": source})
    return len(rows)


def _locked(grievance: Grievance, *states: str) -> Grievance:
    """The row as it is now, locked; Refusal('wrong_state') in any other state."""
    grievance = Grievance.objects.select_for_update().get(pk=grievance.pk)
    if grievance.state not in states:
        raise Refusal("wrong_state", state=grievance.state)
    return grievance


def _record(action: str, grievance: Grievance, by: Officer, detail: dict[str, object], reason: str = "") -> None:
    audit.record(
        action=action,
        by=by,
        subject=("grievance", grievance.number),
        area_code=grievance.area_code,
        programme_code=grievance.programme_code,
        reason=reason,
        detail={**{name: str(value) for name, value in detail.items()}, "person": grievance.person_id},
    )

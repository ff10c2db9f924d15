"""Complaints by lateness, one complaint, and the days on which offices are closed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from shohay.core import deadlines
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.models import Event
from shohay.stages.audit.queries import events_about
from shohay.stages.grievance.models import Grievance, Holiday
from shohay.stages.places import queries as places
from shohay.stages.registry.models import Person

SHOWN = "grievance.contact_revealed"
OPEN = (Grievance.State.FILED, Grievance.State.APPEALED)

# Holidays on the same day every year. Those that follow the moon come bundled (data/holidays.csv) as far as they are
# gazetted, and later ones are entered from the gazette (set_holidays).
YEARLY = (
    (2, 21, "শহীদ দিবস ও আন্তর্জাতিক মাতৃভাষা দিবস", "Martyrs' Day and International Mother Language Day"),
    (3, 26, "স্বাধীনতা ও জাতীয় দিবস", "Independence and National Day"),
    (4, 14, "বাংলা নববর্ষ", "Bangla New Year"),
    (5, 1, "মে দিবস", "May Day"),
    (8, 5, "জুলাই গণঅভ্যুত্থান দিবস", "July Mass Uprising Day"),
    (12, 16, "বিজয় দিবস", "Victory Day"),
    (12, 25, "যিশুখ্রিষ্টের জন্মদিন (বড়দিন)", "Christmas Day"),
)


def holidays_after(day: date, years: int = 2) -> frozenset[date]:
    """Holidays from ``day`` on: those of every year, the bundled ones, and those entered from the gazette."""
    fixed = {date(day.year + year, month, at) for year in range(years + 1) for month, at, _, _ in YEARLY}
    entered = Holiday.objects.filter(day__gte=day, day__lt=day + timedelta(days=366 * years))
    known = fixed | places.holidays() | set(entered.values_list("day", flat=True))
    return frozenset(found for found in known if found >= day)


def _mine(officer: Officer) -> QuerySet[Grievance]:
    """Of the officer's areas and programmes; a complaint about no programme is everybody's there."""
    rows = Grievance.objects.filter(officer.area_filter())
    if "" in officer.programmes:  # "all" is the empty condition, and OR-ing something to it would narrow it
        return rows
    return rows.filter(officer.programme_filter() | Q(programme_code=""))


def grievances(officer: Officer, state: str = "") -> QuerySet[Grievance]:
    """Complaints, the most late first. ``state``: '', 'open', 'late', or one of Grievance.State."""
    officer.require("grievance.view")
    rows = _mine(officer).select_related("person", "payment")
    if state in ("open", "late"):
        rows = rows.filter(state__in=OPEN)
        rows = rows.filter(due_on__lt=timezone.localdate()) if state == "late" else rows
    elif state:
        rows = rows.filter(state=state)
    return rows.order_by("due_on", "id")


def grievance(officer: Officer, number: str) -> Grievance | None:
    """One complaint that the officer may see."""
    officer.require("grievance.view")
    return _mine(officer).select_related("person", "payment").filter(number=number).first()


def contact_shown(row: Grievance) -> QuerySet[Event]:
    """Who saw the contact of the complainant, when and why; the latest first."""
    return events_about("grievance", row.number).filter(action=SHOWN)


def contacts_shown_today(officer: Officer) -> int:
    """How many contacts the officer has seen since midnight."""
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    return Event.objects.filter(actor=officer.username, action=SHOWN, at__gte=midnight).count()


def days_late(row: Grievance, today: date | None = None) -> int:
    """Working days past its due day; 0 when in time or no longer open."""
    if row.state not in OPEN:
        return 0
    return deadlines.working_days_late(row.due_on, today or timezone.localdate(), holidays_after(row.due_on))


def days_left(row: Grievance, today: date | None = None) -> int:
    """Working days until its due day; negative when late."""
    day = today or timezone.localdate()
    return deadlines.working_days_between(day, row.due_on, holidays_after(min(day, row.due_on)))


def grievances_of(person: Person) -> QuerySet[Grievance]:
    """A person's complaints, the latest first."""
    return Grievance.objects.filter(person=person).prefetch_related("replies").order_by("-filed_at", "-id")


def counts(officer: Officer) -> dict[str, int]:
    """open, late, and each state: how many in the officer's areas and programmes."""
    today = timezone.localdate()
    return _mine(officer).aggregate(
        open=Count("id", filter=Q(state__in=OPEN)),
        late=Count("id", filter=Q(state__in=OPEN, due_on__lt=today)),
        **{state: Count("id", filter=Q(state=state)) for state in Grievance.State.values},
    )

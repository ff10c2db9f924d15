"""What the plan's pages share: the filters of the address, names of ministries, what may be chosen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from shohay.stages.accounts.officer import Officer
from shohay.stages.coordination import queries_plan as plan
from shohay.stages.coordination.plan_items import CLUSTERS
from shohay.stages.programmes.models import Ministry
from shohay.web.office.words import choices, say
from shohay.web.parts.forms import BanglaDateField
from shohay.web.templatetags.shohay import local, words

THEMES = (
    "programme_specific", "single_registry", "g2p_digitisation", "grievance_redress", "targeting", "consolidation",
    "results_based_me",
)  # fmt: skip
KINDS = ("chapter", "cluster", "all")
FILTER_STATES = ("overdue", "completed", *plan.STATES)
# the words of a count's name, by what is counted
NAMED = {"cluster": "cluster", "state": "plan_state", "reported": "plan_status"}
Asked = Mapping[str, str]


def day_of(asked: Asked, name: str) -> date | None:
    """The day in the address, in any of the forms that people type; None where there is none."""
    try:
        found: date | None = BanglaDateField(required=False).clean(asked.get(name, ""))
    except ValidationError:
        return None
    return found


def on_of(asked: Asked) -> date:
    return day_of(asked, "on") or timezone.localdate()


def found(officer: Officer, asked: Asked) -> Any:
    """Items by the filters of the address; what it does not know is left aside."""
    kind, state = asked.get("kind", ""), asked.get("state", "")
    usual = "all" if asked.get("cluster") or asked.get("ministry") else "chapter"
    rows = plan.items(
        officer, on=on_of(asked), kind=kind if kind in KINDS else usual,
        ministry=asked.get("ministry", ""), part=asked.get("part", ""), cluster=asked.get("cluster", ""),
        theme=asked.get("theme", ""), state=state if state in FILTER_STATES else "",
        due_from=day_of(asked, "from"), due_to=day_of(asked, "to"),
    )  # fmt: skip
    return rows.filter(officer.ministry_filter("owner")) if asked.get("mine") else rows  # what the desk counts


def ministries(officer: Officer | None = None) -> list[tuple[str, str]]:
    """(code, name) in the reader's language; with an officer those that they cover."""
    rows = Ministry.objects.order_by("order")
    rows = rows.filter(officer.ministry_filter("code")) if officer else rows
    return [(row.code, local(row, "name")) for row in rows]


def filters(asked: Asked) -> dict[str, Any]:
    """What the filter form of a list offers, and what is chosen."""
    return {
        "asked": asked, "on": on_of(asked), "ministries": ministries(),
        "clusters": [(name, say("cluster", name)) for name in CLUSTERS],
        "themes": [(code, words(code)) for code in THEMES], "states": choices("plan_state", FILTER_STATES),
    }  # fmt: skip


def name_of(by: str, code: str, named: dict[str, str]) -> str:
    """The words of what is counted."""
    if by == "ministry":
        return named.get(code, code or "–")
    if by == "theme":
        return words(code) if code else "–"
    return say(NAMED[by], code) if code else "–"

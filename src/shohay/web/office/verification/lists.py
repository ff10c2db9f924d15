"""What does not agree: the rows of the page and of its file, with the masks of the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_noop as _

from shohay.stages.accounts.officer import Officer
from shohay.stages.registry import queries_verification as queries
from shohay.stages.registry.models_verification import Finding
from shohay.web.office import exports
from shohay.web.office.exports import Field
from shohay.web.office.verification import shown
from shohay.web.templatetags.office import masked_name
from shohay.web.templatetags.shohay import local

FILTERS = ("source", "severity", "code")


def findings(officer: Officer, asked: Mapping[str, str]) -> QuerySet[Finding]:
    """What weighs most first; open ones unless asked otherwise."""
    wanted = {name: asked.get(name, "") for name in FILTERS}
    found = queries.findings(officer, state=asked.get("state", "open"), **wanted)
    return found.annotate(weight=queries.BY_WEIGHT).order_by("weight", "-id")


def _findings(officer: Officer, asked: exports.Asked) -> exports.Told:
    return exports.Told(findings(officer, asked), _told)


def _told(row: Finding) -> dict[str, Any]:
    one = shown.told(row, masked=True)
    return {
        "what": one.what, "source": row.source, "said": one.said, "found": one.found, "severity": row.severity,
        "state": row.state, "person": masked_name(local(row.person, "name")), "area": row.area_code,
        "found_at": row.found_at,
    }  # fmt: skip


exports.declare("findings", _("What does not agree"), _findings, ("finding.decide", "verification.view"), [
    Field(_("What"), "what"), Field(_("Who says so"), "source", "party"), Field(_("As the registry has it"), "said"),
    Field(_("As the other has it"), "found"), Field(_("Weight"), "severity", "severity"),
    Field(_("State"), "state", "finding_state"), Field(_("Person"), "person"), Field(_("Place"), "area", "area"),
    Field(_("Found"), "found_at", "moment"),
])  # fmt: skip

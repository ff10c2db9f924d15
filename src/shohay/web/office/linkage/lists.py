"""Pairs in doubt and merges: the rows of a page and of its file. Who may not decide sees no whole name there either."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_noop as _

from shohay.stages.accounts.officer import Officer
from shohay.stages.linkage import queries
from shohay.stages.linkage.models import Merge, Pair
from shohay.stages.registry.models import Person
from shohay.web.office import exports
from shohay.web.office.exports import Field
from shohay.web.templatetags.office import masked_name
from shohay.web.templatetags.shohay import local


def pairs(officer: Officer, shown: str) -> QuerySet[Pair]:
    """Pairs that wait for a person's eye, or those decided, likeliest first."""
    found = queries.pairs(officer).filter(band=Pair.Band.REVIEW)
    return found.filter(decision="") if shown == "waiting" else found.exclude(decision="")


def merges(officer: Officer, shown: str) -> QuerySet[Merge]:
    """Merges that wait for approval, the approved ("merged"), or those undone; newest first."""
    found = queries.merges(officer)
    if shown == "waiting":
        return found.filter(approved_by="", undone_at__isnull=True)
    if shown == "merged":
        return found.exclude(approved_by="").filter(undone_at__isnull=True)
    return found.filter(undone_at__isnull=False)


def _pairs(officer: Officer, asked: exports.Asked) -> exports.Told:
    found = pairs(officer, asked.get("shown", "waiting"))
    return exports.Told(found, partial(_pair, may_decide=officer.may("pair.decide")))


def _pair(row: Pair, *, may_decide: bool) -> dict[str, Any]:
    return {
        "left": _name(row.left, may_decide), "right": _name(row.right, may_decide),
        "left_born": _born(row.left, may_decide), "right_born": _born(row.right, may_decide),
        "left_area": row.left.area_code, "right_area": row.right.area_code,
        "likeness": round(100 * row.probability), "decision": row.decision, "decided_by": row.decided_by,
    }  # fmt: skip


def _name(person: Person, may_decide: bool) -> str:
    name = local(person, "name")
    return name if may_decide else masked_name(name)


def _born(person: Person, may_decide: bool) -> object:
    """The day for those who decide, the year for others."""
    born = person.birth_date
    return born if may_decide or born is None else born.year


exports.declare("pairs", _("Possible duplicates"), _pairs, ("pair.decide", "run.start"), [
    Field(_("First record"), "left"), Field(_("Second record"), "right"),
    Field(_("First record: born on"), "left_born", "day"), Field(_("Second record: born on"), "right_born", "day"),
    Field(_("First record: place"), "left_area", "area"), Field(_("Second record: place"), "right_area", "area"),
    Field(_("Likeness, %"), "likeness", "number"),
    Field(_("Decision"), "decision", "state"), Field(_("Decided by"), "decided_by", "officer"),
])  # fmt: skip


def _merges(officer: Officer, asked: exports.Asked) -> exports.Told:
    return exports.Told(merges(officer, asked.get("shown", "waiting")), _merge)


def _merge(row: Merge) -> dict[str, Any]:
    return {
        "kept": local(row.kept, "name"), "merged": local(row.merged, "name"), "area": row.kept.area_code,
        "proposed_by": row.proposed_by, "approved_by": row.approved_by,
        "undone_by": row.undone_by, "undone_at": row.undone_at,
    }  # fmt: skip


exports.declare("merges", _("Merges"), _merges, ("merge.propose", "merge.approve"), [
    Field(_("Kept record"), "kept"), Field(_("Second record"), "merged"), Field(_("Place"), "area", "area"),
    Field(_("Proposed by"), "proposed_by", "officer"), Field(_("Approved by"), "approved_by", "officer"),
    Field(_("Undone by"), "undone_by", "officer"), Field(_("Undone at"), "undone_at", "moment"),
])  # fmt: skip

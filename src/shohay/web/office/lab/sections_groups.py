"""A simulation by group and place: fairness, winners and losers, areas, overlap, warnings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from shohay.core.report.model import Block, Chart, Column, Figure, Listing, Run, Series, Table
from shohay.core.simulation_result import ALL, DIMENSIONS, FAIRNESS, UNFAIR
from shohay.web.office.lab import told
from shohay.web.office.words import say
from shohay.web.parts import names
from shohay.web.templatetags.shohay import language, num

Result = Mapping[str, Any]
AREA_MEASURES = ("coverage", "exclusion", "headcount", "headcount_before", "caseload", "cost", "benefit")
SHARES = ("coverage", "exclusion", "headcount_before", "headcount")
MOST_PAIRS = 60
ORDER = {code: place for place, code in enumerate(DIMENSIONS)}


def warnings(result: Result, places: Sequence[int]) -> list[Block]:
    """What to know before trusting the figures, a list a scenario."""
    blocks: list[Block] = []
    for place in places:
        found = [told.warning(result, row) for row in result["scenarios"][place]["warnings"]]
        if found:
            blocks.append(Listing(tuple((Run(text, name=True),) for text in found)))
    return blocks


def fairness(result: Result, places: Sequence[int], of: str = ALL) -> list[Block]:
    """The exclusion error of every group against everybody's; what is over 1.25 times is marked in words.

    Of all programmes together: the poor whom nothing reaches; of one: its eligible poor who are left out.
    """
    measure = "exclusion" if of == ALL else "left_out"
    columns = (
        Column(_("Broken down by"), "name", 1.4), Column(_("Group of people"), "name", 1.4),
        Column(_("People"), "count"),
        Column(say("lab_short", measure), "share", 1.3), Column(_("Everybody"), "share"),
        Column(_("Times the average"), "decimal"), Column(_("Remark"), "text", 1.3),
    )  # fmt: skip
    blocks: list[Block] = []
    for place in places:
        rows = [
            (told.dimension(row["by"]), told.group(row["by"], row["group"]), told.few(row["people"]), row["value"],
             row["average"], row["ratio"], say("lab_flag", row["flag"]) if row["flag"] else "")
            for row in sorted(result["scenarios"][place]["measures"], key=_order)
            if row["measure"] == measure and row["programme"] == of and row["by"] in FAIRNESS
        ]  # fmt: skip
        caption = _("Fairness, %(programme)s: %(scenario)s") % {
            "programme": told.programme(result, of), "scenario": told.scenario(result, place),
        }  # fmt: skip
        note = _("Marked where a group's exclusion error is over %(n)s times that of everybody.") % {
            "n": num(UNFAIR, 2)
        }
        if rows:
            blocks.append(Table(f"fairness-{place + 1}", caption, columns, tuple(rows), (), note))
    return blocks


def _order(row: Mapping[str, Any]) -> int:
    return FAIRNESS.index(row["by"]) if row["by"] in FAIRNESS else len(FAIRNESS)


def unfair(result: Result, place: int) -> list[str]:
    """The groups that a scenario leaves out much more often, in words, a sentence each."""
    return [told.warning(result, row) for row in result["scenarios"][place]["warnings"] if row["code"] == "unfair"]


def winners(result: Result, places: Sequence[int], by: str | None = None) -> list[Block]:
    """Who gets more and who less than under the first scenario; ``by`` '' is everybody, None every breakdown."""
    columns = (
        Column(_("Broken down by"), "name", 1.3), Column(_("Group of people"), "name", 1.4),
        Column(_("People"), "count"),
        Column(_("Get more"), "count"), Column(_("Get more, %"), "share"), Column(_("Get less"), "count"),
        Column(_("Get less, %"), "share"), Column(_("Net gain a year, lakh taka"), "lakh", 1.2),
    )  # fmt: skip
    blocks: list[Block] = []
    for place in places:
        found = [row for row in result["scenarios"][place]["winners"] if by is None or row["by"] in ("", by)]
        if place == 0 or not found:
            continue
        caption = _("Winners and losers against the first scenario: %(scenario)s") % {
            "scenario": told.scenario(result, place)
        }
        shares = [row for row in found if row["by"] == (by or "") and row["people"]]
        if by and shares:
            blocks.append(_winners_chart(place, caption, shares))
        rows = tuple(
            (told.dimension(row["by"]), told.group(row["by"], row["group"]) if row["group"] else "",
             told.few(row["people"]), told.few(row["winners"]), _part(row["winners"], row["people"]),
             told.few(row["losers"]), _part(row["losers"], row["people"]), row["gain"] / told.POISHA_LAKH)
            for row in sorted(found, key=lambda row: ORDER.get(row["by"], 99))
        )  # fmt: skip
        blocks.append(Table(f"winners-{place + 1}", caption, columns, rows))
    return blocks


def _part(number: int, whole: int) -> float | None:
    return None if told.few(number) is None or not whole else number / whole


def _winners_chart(place: int, caption: str, rows: Sequence[Mapping[str, Any]]) -> Figure:
    labels = tuple(told.group(row["by"], row["group"]) for row in rows)

    def shares(name: str) -> tuple[float | None, ...]:
        return tuple(None if (x := _part(row[name], row["people"])) is None else round(100 * x, 1) for row in rows)

    series = (Series(_("Get more, %"), shares("winners")), Series(_("Get less, %"), shares("losers")))
    return Figure(f"winners-{place + 1}-chart", caption, caption, Chart("bar", labels, series, "%", "decimal"))


# ------------------------------------------------------------------------------------------------ places


def area_value(row: Mapping[str, Any], measure: str, of: str = ALL) -> float | None:
    """A figure of a place: shares in percent, cost in lakh taka, benefit in taka a beneficiary."""
    caseload, cost = (row["caseload"], row["cost"]) if of == ALL else row["programmes"].get(of, (0, 0))
    if measure == "caseload":
        return told.few(caseload)
    if measure in ("cost", "benefit"):
        if told.few(caseload) is None:
            return None
        return cost / told.POISHA_LAKH if measure == "cost" else (cost / 100 / caseload if caseload else None)
    found = row[measure]
    return None if found is None else 100 * float(found)


def area_unit(measure: str) -> str:
    if measure == "caseload":
        return ""
    return {"cost": _("lakh taka"), "benefit": _("taka")}.get(measure, "%")


def areas(result: Result, places: Sequence[int], levels: Sequence[str], of: str = ALL) -> list[Block]:
    """The places of each level, a table a scenario."""
    blocks: list[Block] = []
    for place in places:
        for level in levels:
            found = [row for row in result["scenarios"][place]["areas"] if row["level"] == level]
            if not found:
                continue
            columns = (
                Column(_("Place"), "name", 1.6), Column(_("Code"), "code", 0.7), Column(_("People"), "count"),
                Column(_("Beneficiaries"), "count"), Column(_("Cost a year, lakh taka"), "lakh"),
                *(Column(say("lab_area", name), "share") for name in SHARES),
            )  # fmt: skip
            rows = tuple(
                (names.area(row["area_code"], language()), row["area_code"], told.few(row["people"]),
                 area_value(row, "caseload", of), area_value(row, "cost", of), *(row[name] for name in SHARES))
                for row in found
            )  # fmt: skip
            caption = f"{say('lab_level', level)}: {told.scenario(result, place)}"
            note = _("Numbers of fewer than 5 people are not shown.")
            blocks.append(Table(f"areas-{level}-{place + 1}", caption, columns, rows, (), note))
    return blocks


def overlap(result: Result, places: Sequence[int]) -> list[Block]:
    """Pairs of programmes that reach the same households, the largest first."""
    columns = (
        Column(_("Programme"), "name", 1.8), Column(_("And"), "name", 1.8),
        Column(_("People in households on both"), "count"),
        Column(_("On both themselves"), "count"), Column(_("Remark"), "text", 1.2),
    )  # fmt: skip
    blocks: list[Block] = []
    for place in places:
        pairs = [row for row in result["scenarios"][place]["overlap"] if row["a"] != row["b"]]
        rows = tuple(
            (told.programme(result, row["a"]), told.programme(result, row["b"]), told.few(row["people"]),
             told.few(row["same_person"]), _("held now, not simulated") if row["held"] else "")
            for row in sorted(pairs, key=lambda row: -row["people"])[:MOST_PAIRS]
        )  # fmt: skip
        caption = _("Overlap of programmes: %(scenario)s") % {"scenario": told.scenario(result, place)}
        if rows:
            blocks.append(Table(f"overlap-{place + 1}", caption, columns, rows))
    return blocks


def matrix(result: Result, place: int) -> Table | None:
    """The same as a square: a line and a column a programme; on the diagonal those of that one."""
    found = {(row["a"], row["b"]): row["people"] for row in result["scenarios"][place]["overlap"]}
    codes = list(dict.fromkeys(code for pair in found for code in pair))
    if len(codes) < 2:
        return None
    columns = (Column(_("Programme"), "name", 2), *(Column(code, "count") for code in codes))
    rows = tuple(
        (f"{told.programme(result, a)} ({a})", *(told.few(found.get((a, b), found.get((b, a)))) for b in codes))
        for a in codes
    )
    return Table("matrix", _("People in households on both programmes"), columns, rows)

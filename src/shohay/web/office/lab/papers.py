"""A comparison on paper: the same sections as on the screen, as a workbook (a sheet a table) and as a tagged PDF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from shohay.core.report.model import Block, Column, Document, Heading, Listing, Paragraph, Part, Run, Table
from shohay.core.simulation_result import DIMENSIONS
from shohay.stages.results.models_lab import LabResult, LabStudy
from shohay.web.office.lab import documents, sections, sections_groups, told
from shohay.web.office.words import say
from shohay.web.parts import names
from shohay.web.templatetags.shohay import day, digits, language, moment, num

Chapter = tuple[str, list[Block]]
LEVELS = ("division", "district", "upazila")


def document(study: LabStudy, row: LabResult, *, book: bool) -> Document:
    """``book``: a sheet for every table, all levels of places; else chapters with charts."""
    result = row.result
    chapters = [
        (_("Scenarios"), _scenarios(study)),
        *_chapters(result, book),
        (_("Where the figures come from"), _lineage(study, row)),
    ]
    parts = [*_sheets(chapters)] if book else [*_bound(chapters)]
    made_up = _("Synthetic data: these figures say nothing about Bangladesh") if result["base"]["synthetic"] else ""
    return Document(
        title=_("Policy lab: %(name)s") % {"name": study.name}, subtitle="; ".join(told.scenarios(result)),
        language=language(), label=made_up, day=result["on"], facts=tuple(_facts(study, row)), parts=tuple(parts),
    )  # fmt: skip


def _facts(study: LabStudy, row: LabResult) -> list[tuple[str, str]]:
    return [
        *told.base(row.result), (_("Rules of the day"), day(date.fromisoformat(row.result["on"]))),
        (_("Computed"), f"{moment(row.computed_at)}, {names.officer(row.computed_by, language())}"),
        (_("Comparison"), f"{digits(study.pk)}, {names.officer(study.owner, language())}"),
    ]  # fmt: skip


def _scenarios(study: LabStudy) -> list[Block]:
    """What each scenario changes, in words."""
    blocks: list[Block] = []
    for place, scenario in enumerate(study.scenarios):
        card = documents.card(place, scenario)
        facts = ", ".join(f"{name}: {value}" for name, value in card.facts)
        lines = [f"{name}: {'; '.join(changes)}" if changes else name for _code, name, changes in card.programmes]
        blocks.append(Heading(2, f"{num(place + 1)}. {card.title}", f"scenario-{place + 1}"))
        blocks.append(Paragraph((Run(f"{day(card.on)}. {facts}", name=True),)))
        blocks.append(Listing(tuple((Run(line, name=True),) for line in lines)))
    return blocks


def _chapters(result: Mapping[str, Any], book: bool) -> list[Chapter]:
    every = list(range(len(result["scenarios"])))
    warned: list[Block] = []
    for place in every:
        found = sections_groups.warnings(result, [place])
        warned += [Heading(2, told.scenario(result, place), f"warnings-{place + 1}"), *found] if found else []
    winners: list[Block] = sections_groups.winners(result, every)
    return [
        (_("People and money"), [*sections.totals(result), *sections.targeting(result)]),
        (_("To bear in mind"), warned),
        (_("Poverty and inequality"), sections.poverty(result)),
        (_("Programmes"), sections.programmes(result, every)),
        (_("By tenth of the people"), sections.deciles(result)),
        (_("Projection"), sections.projection(result)),
        (_("Winners and losers"), winners),
        (_("Fairness"), sections_groups.fairness(result, every)),
        (_("Places"), sections_groups.areas(result, every, LEVELS if book else LEVELS[:1])),
        (_("Overlap"), sections_groups.overlap(result, every)),
    ]  # fmt: skip


def _bound(chapters: Sequence[Chapter]) -> Iterator[Part]:
    for number, (title, blocks) in enumerate(chapters, 1):
        if blocks:
            yield Part(title, (Heading(1, title, f"chapter-{number}"), *blocks))


def _sheets(chapters: Sequence[Chapter]) -> Iterator[Part]:
    for title, blocks in chapters:
        tables = [block for block in blocks if isinstance(block, Table)]
        rest = tuple(block for block in blocks if not isinstance(block, Table))
        for number, table in enumerate(tables, 1):
            yield Part(f"{title} {number}" if len(tables) > 1 else title, (table,))
        if not tables and rest:
            yield Part(title, rest)


def _lineage(study: LabStudy, row: LabResult) -> list[Block]:
    """Everything that the figures depend on, by hash: enough to compute them again."""
    inputs, result = row.inputs, row.result
    lines = [
        (say("lab_input", name), str(inputs[name])) for name in ("base", "formula", "quotas", "sample", "seed", "code")
    ]
    lines += [(told.scenario(result, place), sha256) for place, sha256 in enumerate(inputs["scenarios"])]
    lines += [(told.programme(result, code), sha256) for code, sha256 in inputs["definitions"].items()]
    lines += [(_("Draft"), sha256) for sha256 in inputs["drafts"]]
    lines += [(_("All inputs together"), row.inputs_sha256), (_("The result"), row.result_sha256)]
    columns = (Column(_("What"), "name", 1.4), Column("SHA-256", "text", 2))
    words = _("The same inputs give the same result. Groups: %(groups)s.") % {
        "groups": ", ".join(told.dimension(code) for code in DIMENSIONS if code)
    }
    note = Paragraph((Run(words, name=True),), "note")
    return [note, Table("lineage", _("Inputs and their hashes"), columns, tuple(lines))]

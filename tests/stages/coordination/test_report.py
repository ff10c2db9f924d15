"""The progress report of the real catalogue: every number of its sentences is a computed figure; editions are frozen."""

from __future__ import annotations

import hashlib
import io
import re
from datetime import date, timedelta
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
import rfc8785
from django.db import DatabaseError, IntegrityError, connection, transaction
from python_calamine import CalamineWorkbook

from shohay.bulk import checking_known, report_text
from shohay.bulk.report import book, html, pages
from shohay.core.bangla import to_latin_digits
from shohay.core.checking import check_lines
from shohay.core.messages import Refusal
from shohay.core.report.model import Document, Figure, Heading, Paragraph, Table, texts
from shohay.core.report.progress import compose
from shohay.core.report.text import DIGITS, said
from shohay.core.report.words import WORDS as REPORT_WORDS
from shohay.stages.accounts.officer import SYSTEM, Officer
from shohay.stages.audit.actions import Cancelled
from shohay.stages.audit.models import Event
from shohay.stages.coordination import actions_editions as actions
from shohay.stages.coordination import queries_editions as editions
from shohay.stages.coordination import queries_plan, queries_report
from shohay.stages.coordination.actions import load_plan
from shohay.stages.coordination.models_editions import Edition, EditionFile, Publication
from shohay.stages.coordination.queries_report_plan import NONE
from shohay.stages.programmes.actions import load_catalogue
from shohay.stages.results.actions_indicators import load_indicators
from shohay.web.parts.words import WORDS
from tests.stages.coordination.report_world import reform_on_record

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)
CABINET = Officer("cabinet", "cabinet", ("",), ("",))
SECRETARY = Officer("secretary", "secretary", ("",), ("",))
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?%?")


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Any:
    """The catalogue, the plan and the indicators, for every test of this file; rolled back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_catalogue(by=SYSTEM)
        load_plan(by=SYSTEM)
        load_indicators(by=SYSTEM)
        reform_on_record()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _loaded(loaded: None, db: None) -> None:
    """What a test writes is undone; the data of the module stay."""


@pytest.fixture(scope="module")
def data(loaded: None) -> dict[str, Any]:
    return queries_report.data(CABINET, year="2024-25", as_of=DAY)


@pytest.fixture(scope="module", params=["bn", "en"])
def document(request: pytest.FixtureRequest, data: dict[str, Any]) -> Document:
    return compose(data, request.param, "ab" * 32)


def test_every_number_of_the_text_is_a_figure_of_the_data(data, document):
    quoted = 0
    for inline in texts(document):
        for run in inline:
            if run.key:
                figure = data["figures"][run.key]
                assert run.text == said(figure["value"], figure["kind"], document.language)
                quoted += 1
            else:
                assert run.name or not DIGITS.search(run.text), run.text
    assert quoted > 200
    appendix = next(block for block in document.blocks() if isinstance(block, Table) and block.id == "table-figures")
    keys = {run.key for inline in texts(document) for run in inline if run.key}
    assert {row[0] for row in appendix.rows} == {key.replace(".", "_") for key in keys}


class Page(HTMLParser):
    """Sentences (p without a class that is no sentence, li of main) and cells of a written report, names left out."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[tuple[str, str]] = []
        self.sentences: list[str] = []
        self._in: list[str] = []
        self._table = ""
        self.heads: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("p", "li", "td", "h1", "h2", "h3") and given.get("class") not in ("source", "label"):
            self._in.append(tag)
        if tag == "div":
            self._table = given.get("id") or ""
        if tag in ("h1", "h2", "h3", "h4"):
            self.heads.append(int(tag[1]))

    def handle_endtag(self, tag: str) -> None:
        if self._in and self._in[-1] == tag:
            self._in.pop()

    def handle_data(self, data: str) -> None:
        if self._in and self._in[-1] == "td":
            self.cells.append((self._table, data))
        elif self._in and self._in[-1] == "p" and len(self.heads) > 1:
            self.sentences.append(data)


@pytest.fixture(scope="module")
def file(document: Document) -> bytes:
    return html.page(document)


@pytest.fixture(scope="module")
def written(file: bytes) -> Page:
    """The HTML file, read again."""
    found = Page()
    found.feed(file.decode())
    return found


def test_our_own_checker_finds_no_error_in_it(file):
    """The report refuses to contradict itself: read as any other draft, with the platform's lists beside it."""
    text = report_text.read(file, "report.html")
    found = check_lines(text.lines, checking_known.shipped(), year="2024-25", headings=text.headings)
    assert [(row.line, row.rule, row.en) for row in found if row.severity == "error"] == []


def test_every_number_on_the_page_stands_in_the_appendix(written):
    """The same on the written file, without trusting the model: paragraphs and list items of the HTML."""
    found = written
    appendix = " ".join(row for table, row in found.cells if table == "table-figures")
    known = set(NUMBER.findall(to_latin_digits(appendix)))
    said_there = {number for text in found.sentences for number in NUMBER.findall(to_latin_digits(text))}
    assert said_there
    assert said_there <= known


def test_it_has_everything_that_was_asked_for(data, document):
    ids = {block.id for block in document.blocks() if isinstance(block, Heading | Table | Figure)}
    assert {f"ministry-{row['code']}" for row in data["ministries"]} <= ids
    assert {"summary", "budget", "indicators", "plan", "clusters", "late", "programmes", "quality", "figures"} <= ids
    assert {f"cluster-{number}" for number in range(1, 6)} <= ids
    tables = {block.id: block for block in document.blocks() if isinstance(block, Table)}
    assert len(tables["table-programmes"].rows) == 140
    promised = sum(len(table.rows) for name, table in tables.items() if name.startswith("table-items-"))
    assert promised == 695
    assert len(tables["table-late"].rows) == data["figures"]["plan.late"]["value"]
    assert data["figures"]["budget.total"]["value"] == 136025.64
    assert len(data["series"]["MoSW"]) == 17
    assert len([block for block in document.blocks() if isinstance(block, Figure)]) >= 7


def test_how_the_reform_is_steered_has_its_chapters(data, document):
    ids = {block.id for block in document.blocks() if isinstance(block, Heading | Table | Figure)}
    assert {"dlis", "codi", "figure-codi", "surveys", "committees", "table-late-decisions"} <= ids
    figures = {key: figure["value"] for key, figure in data["figures"].items()}
    code = data["agreements"][0]["code"]
    assert [figures[f"dli.{code}.{name}"] for name in ("with_terms", "value", "earned", "paid")] == [1, 2.0, 1.0, 0]
    assert (figures["codi.overall"], figures["codi.criteria"], figures["codi.before"]) == (3.0, 10, "2021-22")
    assert [figures[f"survey.1.headcount.{name}"] for name in ("value", "low", "high")] == [0.187, 0.167, 0.207]
    assert [figures[f"decisions.{name}"] for name in ("taken", "open", "late", "closed")] == [3, 2, 1, 1]
    late = next(block for block in document.blocks() if isinstance(block, Table) and block.id == "table-late-decisions")
    assert [row[3] for row in late.rows] == ["2026-09-01"]
    assert {row["before"] for row in data["codi"]["criteria"]} == {2.0}


def test_where_nothing_is_on_record_there_is_no_empty_chapter(data):
    bare = {**data, "agreements": [], "codi": None, "surveys": [], "committees": [], "decisions": []}
    ids = {block.id for block in compose(bare, "en", "ab" * 32).blocks() if isinstance(block, Heading)}
    assert {"dlis", "codi", "surveys", "committees"}.isdisjoint(ids)


def test_what_was_made_up_says_so(data):
    made_up = {**data, "surveys": [{**row, "example": True} for row in data["surveys"]]}
    told = [block for block in compose(made_up, "en", "ab" * 32).blocks() if isinstance(block, Paragraph)]
    assert sum("made up as an example" in "".join(run.text for run in block.runs) for block in told) == 1


def test_counts_are_those_of_the_plan(data):
    """The report counts the states itself, of one query; the pages of the plan must say the same."""
    for by, key in (("ministry", "ministries"), ("theme", "themes")):
        counted = {row.name: row._asdict() for row in queries_plan.counts_by(CABINET, by, DAY)}
        for row in data[key]:
            name = row["code"] if by == "ministry" else row["name"]
            own = row["plan"] if by == "ministry" else row
            if own["promised"]:
                assert {column: own[column] for column in NONE} == {column: counted[name][column] for column in NONE}
    moves = queries_plan.moved_since(CABINET, DAY - timedelta(days=90), DAY)
    assert [(row["code"], row["was"], row["now"]) for row in data["moved"]] == [
        (move.item.pk, move.was, move.now) for move in moves
    ]


def test_totals_under_tables_are_the_sums_of_their_rows(document):
    checked = 0
    for table in document.blocks():
        if not isinstance(table, Table) or not table.total:
            continue
        for at, column in enumerate(table.columns):
            if column.kind in ("count", "crore", "lakh") and table.total[at] is not None:
                assert sum(row[at] or 0 for row in table.rows) == pytest.approx(table.total[at], abs=0.06), table.id
                checked += 1
    assert checked > 40


def test_ids_are_unique_and_headings_step_down(document, written):
    ids = [block.id for block in document.blocks() if isinstance(block, Heading | Table | Figure)]
    assert len(ids) == len(set(ids))
    assert all(deeper - above <= 1 for above, deeper in pairwise(written.heads))


def test_words_are_those_of_the_screens():
    """A code is called the same in the report and on the pages, where both have words for it."""
    own = {"continuous", "late", "all", "core", "error", "Continuous", "sent", "returned", "submitted"}
    different = {
        code: (pair, WORDS[code]) for code, pair in REPORT_WORDS.items() if code in WORDS and pair != WORDS[code]
    }
    assert set(different) <= own


def test_the_workbook_has_numbers_as_numbers(document):
    made = CalamineWorkbook.from_filelike(io.BytesIO(book.workbook(document)))
    assert len(made.sheet_names) == len(document.parts) + 1
    title = next(part.sheet for part in document.parts if part.blocks[0].id == "programmes")
    rows = made.get_sheet_by_name(title[:31]).to_python()
    assert (
        any(1341.0 in row or 4350.97 in row for row in rows)
        or sum(isinstance(cell, float) for row in rows for cell in row) > 250
    )


def test_the_pdf_is_tagged_and_the_same_each_time(data):
    """Only the summary: the whole takes seconds and says no more about the writer."""
    whole = compose(data, "bn", "ab" * 32)
    short = Document(whole.title, whole.subtitle, "bn", whole.label, whole.day, whole.facts, whole.parts[:2])
    made = pages.pdf(short)
    assert made.startswith(b"%PDF")
    assert b"/MarkInfo" in made or b"/StructTreeRoot" in made
    assert b"pdfuaid" in made or b"/Lang" in made
    assert made == pages.pdf(short)


# -------------------------------------------------------------------------------------------------------- editions


@pytest.fixture
def quick(data: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a test is not about the data: those of the module, of the day that is asked for."""

    def known(by: Officer, *, year: str, as_of: date, progress: Any) -> dict[str, Any]:
        queries_report.fiscal_year(year)
        return {**data, "report": {**data["report"], "as_of": as_of.isoformat()}}

    monkeypatch.setattr(queries_report, "data", known)


def make(**changes: Any) -> Edition:
    asked = {"year": "2024-25", "as_of": DAY, "languages": ["en"], "formats": ["xlsx"], "by": CABINET}
    return actions.make_edition(**{**asked, **changes})


def test_the_same_data_give_the_same_edition_and_no_second_file(data):
    first = make()
    assert first.sha256 == hashlib.sha256(rfc8785.dumps(data)).hexdigest()
    assert make().pk == first.pk
    assert Edition.objects.count() == 1
    assert EditionFile.objects.count() == 1
    make(languages=["bn", "en"])
    assert {(file.language, file.format) for file in first.files.all()} == {("bn", "xlsx"), ("en", "xlsx")}
    file = first.files.get(language="en")
    assert hashlib.sha256(editions.bytes_of(file)).hexdigest() == file.sha256
    assert editions.data_of(first) == data
    event = Event.objects.filter(action="report.made").order_by("seq").first()
    assert event.detail["sha256"] == first.sha256


def test_another_day_is_another_edition_and_the_difference_tells_what_moved():
    before, after = make(as_of=date(2023, 1, 1)), make()
    assert before.sha256 != after.sha256
    old, new, found = editions.changed(CABINET, str(before.pk), after.sha256[:8])
    assert (old, new) == (before, after)
    assert any(row.key == "plan.late" and row.new > row.old for row in found.figures)
    assert any(row.new == "late" and row.old != "late" for row in found.items)
    assert editions.changed(CABINET, str(after.pk), str(after.pk))[2].is_empty


def test_a_changed_promise_changes_the_hash():
    from shohay.stages.coordination.models import ActionItem

    before = make()
    ActionItem.objects.filter(code="2.1-01-03").update(status="Stopped")
    after = make()
    assert before.pk != after.pk
    changed = editions.changed(CABINET, str(before.pk), str(after.pk))[2]
    assert [(row.code, row.new) for row in changed.items] == [("2.1-01-03", "stopped")]


@pytest.mark.parametrize("model", [Edition, EditionFile])
def test_the_database_refuses_to_change_or_remove_an_edition(quick, model):
    make()
    for attempt in (lambda: model.objects.update(made_by="other"), lambda: model.objects.all().delete()):
        with pytest.raises(DatabaseError, match=r"frozen|protected"), transaction.atomic():
            attempt()
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"delete from {model._meta.db_table}")


def test_a_file_that_was_changed_is_not_handed_out_and_a_lost_one_is_restored(quick):
    row = make()
    file = row.files.get()
    path = editions.file_path(row.sha256, "en", "xlsx")
    whole = path.read_bytes()
    path.write_bytes(whole + b"x")
    with pytest.raises(Refusal, match="gone"):
        editions.bytes_of(file)
    path.unlink()
    make()
    assert path.read_bytes() == whole


@pytest.mark.parametrize(
    ("wrong", "code"),
    [({"year": "2019-20"}, "report_year_unknown"), ({"year": "next"}, "report_year_unknown"),
     ({"languages": ["fr"]}, "report_language_unknown"), ({"formats": ["docx"]}, "report_format_unknown")],
)  # fmt: skip
def test_what_cannot_be_made_is_refused(quick, wrong, code):
    with pytest.raises(Refusal) as refused:
        make(**wrong)
    assert refused.value.code == code
    assert Edition.objects.count() == 0


def test_only_who_may_makes_and_reads(quick):
    with pytest.raises(Refusal):
        make(by=Officer("x", "focal_point", ("",), ("",)))
    with pytest.raises(Refusal):
        editions.editions(Officer("x", "payroll_approver", ("",), ("",)))
    for unknown in ("99999", "abc", "ffffffff", "'; --"):
        with pytest.raises(Refusal):
            editions.edition(CABINET, unknown)


def test_stopped_in_the_middle_nothing_half_done_remains(quick):
    def stop(step: str, done: int, total: int) -> None:
        if step == "report_files" and done == 1:
            raise Cancelled("cabinet")

    root = editions.folder("x").parent
    before = set(root.iterdir()) if root.exists() else set()
    with pytest.raises(Cancelled):
        make(as_of=date(2024, 3, 1), languages=["bn", "en"], progress=stop)
    assert Edition.objects.count() == 0
    assert set(root.iterdir()) == before


def test_publishing_is_once_and_for_everybody(quick):
    row = make()
    assert not editions.published().exists()
    with pytest.raises(Refusal) as refused:
        actions.publish_edition(edition=row, by=CABINET)  # who made it
    assert refused.value.code == "report_own_edition"
    with pytest.raises(IntegrityError, match="made an edition"), transaction.atomic():
        Publication.objects.create(edition=row, published_by=CABINET.username)
    first = actions.publish_edition(edition=row, by=SECRETARY)
    assert actions.publish_edition(edition=row, by=SECRETARY).pk == first.pk
    assert [one.pk for one in editions.published()] == [row.pk]
    with pytest.raises(Refusal):
        actions.publish_edition(edition=row, by=Officer("x", "focal_point", ("",), ("",)))

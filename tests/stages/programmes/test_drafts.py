"""Drafts of definitions: one writer, one open draft a programme, another officer publishes, and it counts at once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from shohay.bulk.answers import answer
from shohay.core import definition_edit, document
from shohay.core.messages import Refusal
from shohay.policy import shipped
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.models import Event
from shohay.stages.payments import terms as payment_terms
from shohay.stages.programmes import actions_drafts as actions
from shohay.stages.programmes import definitions, models, queries_drafts
from tests.factories.world import make_programmes, publish_definition

pytestmark = pytest.mark.django_db
WRITER = Officer("rahima", "programme_manager", ("",), ("",))
SECOND = Officer("salam", "programme_manager", ("",), ("",))
ELSEWHERE = Officer("karim", "programme_manager", ("",), ("WDA",))
READER = Officer("audit", "auditor", ("",), ("",))
FIRST = dt.date(2027, 7, 1)
KNOWN = {"is_permanent_resident": True, "has_identity": True, "receives_government_salary": False,
         "receives_government_pension": False, "annual_income": 8000, "receives": []}  # fmt: skip


@pytest.fixture
def published() -> models.Definition:
    make_programmes()
    return publish_definition()


@pytest.fixture
def draft(published: models.Definition) -> models.DefinitionDraft:
    return actions.start_draft(programme="OAA", first=FIRST, by=WRITER)


def change(draft: models.DefinitionDraft, *, by: Officer = WRITER, **parts: object) -> models.DefinitionDraft:
    draft.refresh_from_db()
    whole = queries_drafts.whole_of(draft)
    version = {**definition_edit.edited(whole), **parts}
    changed = definition_edit.with_edited(whole, version)
    return actions.save_draft(draft=draft.pk, revision=draft.revision, whole=changed, what="test", by=by)


def finished(draft: models.DefinitionDraft) -> models.DefinitionDraft:
    """A draft that may be submitted: men from 60, with a source."""
    version = definition_edit.edited(queries_drafts.whole_of(draft))
    parameters = {**version["parameters"], "age_men": {"value": 60, "unit": "years"}}
    source = {"source": "Memo 1 of the test, 1 June 2027", "kind": "rule", "confidence": "high"}
    change(draft, legal=[source], parameters=parameters)
    return actions.submit_draft(draft=draft.pk, note="Men earlier", by=WRITER)


def refused(code: str):
    return pytest.raises(Refusal, check=lambda wrong: wrong.code == code)


def test_written_by_one_published_by_another_and_used_at_once(draft, published):
    finished(draft)
    row = actions.publish_draft(draft=draft.pk, by=SECOND)
    assert (row.proposed_by, row.approved_by, row.state) == ("rahima", "salam", "published")
    newest = definitions.definition_of("OAA")
    assert newest is not None
    assert newest.sha256 == row.sha256 != published.sha256
    assert [one.sha256 for one in definitions.published() if one.code == "OAA"] == [row.sha256]
    before, after = newest.version_on(dt.date(2027, 6, 30)), newest.version_on(FIRST)
    assert before is not None
    assert after is not None
    assert (before.values["age_men"], after.values["age_men"]) == (65, 60)
    assert before.valid == (dt.date(2026, 7, 1), dt.date(2027, 6, 30))
    assert after.valid == (FIRST, None)
    done = list(Event.objects.filter(programme_code="OAA").order_by("seq").values_list("action", flat=True))
    assert done == [
        "definition.draft_started",
        "definition.draft_saved",
        "definition.submitted",
        "definition.published",
    ]
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        models.Definition.objects.filter(pk=row.pk).update(text="")


def test_whoever_wrote_it_neither_publishes_nor_returns_it(draft):
    finished(draft)
    with refused("draft_own"):
        actions.publish_draft(draft=draft.pk, by=WRITER)
    with refused("draft_own"):
        actions.return_draft(draft=draft.pk, reason="mine", by=WRITER)
    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        models.DefinitionDraft.objects.filter(pk=draft.pk).update(
            state="published", decided_by="rahima", decided_at=draft.started_at
        )
    assert models.Definition.objects.filter(programme_id="OAA").count() == 1


def test_who_may_do_what(draft):
    for act in (
        lambda by: actions.start_draft(programme="OAA", by=by),
        lambda by: change(draft, by=by, note="x"),
        lambda by: actions.submit_draft(draft=draft.pk, by=by),
        lambda by: actions.publish_draft(draft=draft.pk, by=by),
        lambda by: actions.save_cases(draft=draft.pk, text="", by=by),
        lambda by: actions.drop_draft(draft=draft.pk, reason="x", by=by),
    ):
        for officer in (READER, ELSEWHERE):
            with refused("not_allowed"):
                act(officer)
    with refused("draft_not_yours"):
        change(draft, by=SECOND, note="x")


def test_a_second_draft_of_the_programme_is_refused_with_who_holds_the_first(draft):
    with refused("draft_open_already") as told:
        actions.start_draft(programme="OAA", by=SECOND)
    assert told.value.params["holder"] == "rahima"
    assert "rahima" in told.value.say("bn")
    with refused("draft_open_already"):
        actions.import_draft(text=shipped.by_code()["OAA"][0].text, by=SECOND)
    with pytest.raises(IntegrityError, match="one_open"), transaction.atomic():
        models.DefinitionDraft.objects.create(
            programme_id="OAA", sha256="x", started_by="y", started_at=draft.started_at, saved_at=draft.started_at
        )
    actions.drop_draft(draft=draft.pk, reason="The holder is away", by=SECOND)
    assert actions.start_draft(programme="OAA", by=SECOND).started_by == "salam"


def test_of_two_tabs_the_later_is_refused_and_nothing_is_lost(draft):
    whole = queries_drafts.whole_of(draft)
    one = definition_edit.with_edited(whole, {**definition_edit.edited(whole), "note": "first tab"})
    two = definition_edit.with_edited(whole, {**definition_edit.edited(whole), "note": "second tab"})
    actions.save_draft(draft=draft.pk, revision=1, whole=one, what="about", by=WRITER)
    with refused("draft_moved") as told:
        actions.save_draft(draft=draft.pk, revision=1, whole=two, what="criteria", by=WRITER)
    assert told.value.params["what"] == "about"
    draft.refresh_from_db()
    assert (draft.revision, definition_edit.edited(queries_drafts.whole_of(draft))["note"]) == (2, "first tab")
    actions.save_draft(draft=draft.pk, revision=2, whole=two, what="criteria", by=WRITER)
    assert [row.number for row in draft.revisions.order_by("number")] == [1, 2, 3]
    with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
        draft.revisions.filter(number=2).delete()


def test_a_draft_on_rules_that_are_no_longer_the_newest_says_so(draft):
    finished(draft)
    publish_definition_again()
    draft.refresh_from_db()
    assert queries_drafts.is_stale(draft)
    with refused("draft_stale"):
        actions.publish_draft(draft=draft.pk, by=SECOND)
    actions.take_back(draft=draft.pk, by=WRITER)
    with refused("draft_stale"):
        actions.submit_draft(draft=draft.pk, by=WRITER)


def publish_definition_again() -> None:
    """Other rules of the programme, published meanwhile by a release."""
    text = shipped.by_code()["OAA"][0].text.replace("value: 650", "value: 651")
    made = queries_drafts.parsed(text)
    assert made is not None
    models.Definition.objects.create(
        programme_id="OAA", document=made.as_json(), text=text, sha256=made.sha256, state="published",
        proposed_by="release", approved_by="system", published_at="2026-11-22T10:00+06:00",
    )  # fmt: skip


def test_what_keeps_a_draft_from_being_submitted_is_told_with_its_part(draft):
    with refused("draft_problems"):
        actions.submit_draft(draft=draft.pk, by=WRITER)  # no source yet
    change(draft, criteria=[])
    draft.refresh_from_db()
    assert {problem.part for problem in queries_drafts.problems(draft)} == {"about", "criteria"}
    assert queries_drafts.difference(draft) is None
    broken = {"id": "age", "must": "age >= :no_such", "text": {"bn": "ক", "en": "a"}}
    change(draft, criteria=[broken], legal=[{"source": "x", "kind": "rule", "confidence": "low"}])
    draft.refresh_from_db()
    (problem,) = queries_drafts.problems(draft)
    assert (problem.part, "no_such" in problem.text.en, "no_such" in problem.text.bn) == ("criteria", True, True)


def test_returned_with_a_reason_it_is_written_again(draft):
    finished(draft)
    with refused("draft_not_open"):
        change(draft, note="x")
    with refused("draft_reason_missing"):
        actions.return_draft(draft=draft.pk, reason=" ", by=SECOND)
    row = actions.return_draft(draft=draft.pk, reason="The memo is missing", by=SECOND)
    assert (row.state, row.reason) == ("open", "The memo is missing")
    change(draft, note="mended")
    actions.submit_draft(draft=draft.pk, by=WRITER)
    actions.publish_draft(draft=draft.pk, by=SECOND)
    with refused("draft_not_waiting"):
        actions.publish_draft(draft=draft.pk, by=SECOND)


def test_an_unchanged_file_is_a_draft_that_changes_nothing_and_keeps_its_fingerprint(published):
    draft = actions.import_draft(text=published.text, by=WRITER)
    assert queries_drafts.text_of(draft) == published.text
    assert draft.sha256 == published.sha256
    with refused("draft_unchanged"):
        actions.submit_draft(draft=draft.pk, by=WRITER)


@pytest.mark.parametrize(
    ("change_text", "line", "words"),
    [
        (("age >= :age_men", "agee >= :age_men"), 22, "agee"),
        (("kind: cash", "kind: cashh"), 48, "cash"),
        (("[2016-07-01,", "[2016-06-01,"), 7, "overlap"),
        (("[2016-07-01,", "[2016-07-02,"), 7, "no version covers"),
        (("unit: person", "unit: [person"), 6, "read"),
    ],
)
def test_a_file_is_refused_with_its_line_and_why(published, change_text, line, words):
    with refused("draft_import_wrong") as told:
        actions.import_draft(text=published.text.replace(*change_text, 1), by=WRITER)
    assert told.value.params["line"] == line
    assert words in told.value.say("en")
    assert told.value.say("bn") != told.value.say("en")
    assert not models.DefinitionDraft.objects.exists()


def test_huge_files_are_refused(published):
    with refused("draft_too_long"):
        actions.import_draft(text=published.text + "#" * definition_edit.LONGEST, by=WRITER)


def test_rules_for_a_programme_without_any(published):
    with refused("draft_has_rules"):
        actions.start_new(programme="OAA", unit="person", first=FIRST, by=WRITER)
    with refused("draft_no_rules"):
        actions.start_draft(programme="WDA", by=WRITER)
    draft = actions.start_new(programme="WDA", unit="household", first=FIRST, by=WRITER)
    assert [problem.part for problem in queries_drafts.problems(draft)] == ["about"]
    change(draft, legal=[{"source": "Memo", "kind": "rule", "confidence": "high"}])
    actions.submit_draft(draft=draft.pk, by=WRITER)
    actions.publish_draft(draft=draft.pk, by=SECOND)
    assert definitions.definition_of("WDA") is not None
    assert "WDA" not in queries_drafts.without_rules().values_list("code", flat=True)


def test_a_simulated_revision_is_found_by_its_fingerprint_after_the_draft_went_on(draft):
    change(draft, note="one")
    draft.refresh_from_db()
    named = draft.sha256
    change(draft, note="two")
    assert queries_drafts.draft(named).versions[-1].note == "one"
    with refused("draft_unknown"):
        queries_drafts.draft("0" * 64)


def test_the_drafts_own_cases_stay_with_it(draft):
    with refused("draft_cases_wrong"):
        actions.save_cases(draft=draft.pk, text="on: 2026-11-21\ncases: [{id: a}]", by=WRITER)
    cases = "on: 2027-11-21\ncases:\n  - {id: mine, facts: {sex: male}, expect: {eligible: unknown}}\n"
    actions.save_cases(draft=draft.pk, text=cases, by=WRITER)
    finished(draft)
    actions.publish_draft(draft=draft.pk, by=SECOND)
    assert queries_drafts.own_cases("OAA") == cases
    assert actions.start_draft(programme="OAA", by=SECOND).cases == cases


def test_a_text_of_the_editor_says_the_same_after_it_was_written_down(draft):
    text = queries_drafts.text_of(draft)
    assert document.fingerprint(document.write(document.read(text))) == draft.sha256


def test_what_is_published_is_what_answers_and_payrolls_use_at_once(published):
    """A version of today: the citizen's answer before and after, and the terms of the next payroll."""
    today, man = dt.date(2026, 11, 22), {**KNOWN, "sex": "male", "birth_date": dt.date(1965, 1, 1)}
    assert answer(man, definitions.definitions_on(today), today)[0].outcome == "not_eligible"
    assert payment_terms.definition_on("OAA", today)[1].values["rate"] == 650
    draft = actions.start_draft(programme="OAA", first=dt.date(2026, 11, 1), by=WRITER)
    version = definition_edit.edited(queries_drafts.whole_of(draft))
    figures = {**version["parameters"], "age_men": {"value": 60}, "rate": {"value": 900}}
    change(draft, parameters=figures, legal=[{"source": "Memo", "kind": "rule", "confidence": "high"}])
    actions.submit_draft(draft=draft.pk, by=WRITER)
    assert answer(man, definitions.definitions_on(today), today)[0].outcome == "not_eligible"
    actions.publish_draft(draft=draft.pk, by=SECOND)
    assert answer(man, definitions.definitions_on(today), today)[0].outcome == "eligible"
    assert payment_terms.definition_on("OAA", today)[1].values["rate"] == 900
    assert payment_terms.definition_on("OAA", dt.date(2026, 10, 31))[1].values["rate"] == 650

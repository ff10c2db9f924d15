"""CODI assessments: assessors score alone, differences come out in the consensus, a closed round changes no more."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from shohay.core.codi import Answer
from shohay.core.messages import Refusal
from shohay.stages.accounts.models import Assignment, User
from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.accounts.queries import officer_of
from shohay.stages.audit.models import Event
from shohay.stages.programmes.models import Ministry, Programme
from shohay.stages.results import actions_codi as actions
from shohay.stages.results import queries_codi as queries
from shohay.stages.results.models_codi import CodiAgreed, CodiField, CodiScore

pytestmark = pytest.mark.django_db
CHAIR, ONE, TWO = "cabinet", "finance", "imed"


ROLES = {"cabinet": "cabinet", "finance": "finance", "imed": "evaluator", "bbs": "statistics", "secretary": "secretary",
         "auditor": "auditor", "operator": "union_operator"}  # fmt: skip


@pytest.fixture(autouse=True)
def loaded(settings, tmp_path):
    settings.VAR = tmp_path
    totals = {"programme_count": 1, "budget_crore": 1, "beneficiaries_lakh": 1}
    ministry = Ministry.objects.create(code="MoSW", order=1, name_bn="ক", name_en="K", **totals)
    Programme.objects.create(code="OAA", order=1, ministry=ministry, name_bn="ক", name_en="K")
    for name, role in ROLES.items():
        user = User.objects.create(username=name)
        Assignment.objects.create(user=user, role=role, valid_from=date(2024, 1, 1))
    actions.load_codi(by=SYSTEM)


def by(username):
    return officer_of(username)


def opened(year="2024-25", **given):
    return actions.open_round(
        **{"level": "system", "fiscal_year": year, "assessors": [ONE, TWO], "by": by(CHAIR), **given}
    )


def say(round, username, field="1.1", score=3, without="", evidence="manual of 2023", comment="", **given):
    answer = Answer(None if without else score, without)
    return actions.score(
        round=round.pk, field=field, answer=answer, evidence=evidence, comment=comment, by=by(username), **given
    )


def talked(year="2024-25", **given):
    """A round in its consensus: alike on 1.1, apart on 1.2, one alone on 2.1."""
    row = opened(year, **given)
    say(row, ONE, "1.1", 3)
    say(row, TWO, "1.1", 3)
    say(row, ONE, "1.2", 1)
    say(row, TWO, "1.2", 3)
    say(row, ONE, "2.1", 2)
    return actions.open_consensus(round=row.pk, by=by(CHAIR))


def agree(row, field, score, reason="", without=""):
    answer = Answer(None if without else score, without)
    return actions.agree(round=row.pk, field=field, answer=answer, reason=reason, by=by(CHAIR))


def closed(year="2024-25", first=3, **given):
    row = talked(year, **given)
    agree(row, "1.1", first, "" if first == 3 else "seen again")
    agree(row, "1.2", 2, "practice differs by upazila")
    agree(row, "2.1", 1, "below a tenth of the line")
    return actions.close_round(round=row.pk, by=by(CHAIR))


def refused(act):
    with pytest.raises(Refusal) as found, transaction.atomic():
        act()
    return found.value.code


def test_loading_twice_changes_nothing():
    assert actions.load_codi(by=SYSTEM)["codi_fields"] == (37, 0, 0)
    assert CodiField.objects.order_by("order").last().pk == "10.4"


def test_nobody_reads_another_before_the_consensus():
    row = opened()
    mine = say(row, ONE)
    theirs = say(row, TWO, score=1)
    assert list(queries.scores(by(ONE), row)) == [mine]
    assert list(queries.scores(by(CHAIR), row)) == []
    assert (queries.may_read_score(by(ONE), str(mine.pk)), queries.may_read_score(by(ONE), str(theirs.pk))) == (
        True,
        False,
    )
    assert queries.progress(row) == [{"assessor": ONE, "answered": 1}, {"assessor": TWO, "answered": 1}]
    assert not any("score" in event.detail for event in Event.objects.filter(action="codi.scored"))
    row = actions.open_consensus(round=row.pk, by=by(CHAIR))
    assert {score.assessor for score in queries.scores(by(ONE), row)} == {ONE, TWO}


def test_a_score_needs_evidence_and_none_needs_a_reason():
    row = opened()
    assert refused(lambda: say(row, ONE, evidence=" ")) == "codi_evidence_missing"
    assert refused(lambda: say(row, ONE, without="no_evidence", evidence="")) == "codi_evidence_missing"
    assert refused(lambda: say(row, ONE, score=5)) == "codi_score_wrong"
    assert refused(lambda: say(row, ONE, without="bored", comment="x")) == "codi_score_wrong"
    assert refused(lambda: say(row, ONE, field="11.1")) == "codi_field_missing"
    assert refused(lambda: say(row, "bbs")) == "codi_not_invited"
    assert refused(lambda: say(row, "secretary")) == "not_allowed"
    assert say(row, ONE, without="not_applicable", evidence="", comment="no such scheme").score is None
    assert say(row, ONE, score=2).without == ""
    assert CodiScore.objects.count() == 1


def test_whoever_runs_it_does_not_score_and_two_are_needed():
    assert refused(lambda: opened(assessors=[CHAIR])) == "codi_not_assessor"
    assert refused(lambda: opened(assessors=["secretary"])) == "codi_not_assessor"
    assert refused(lambda: opened(by=by(ONE))) == "not_allowed"
    row = opened(assessors=[ONE])
    say(row, ONE)
    assert refused(lambda: actions.open_consensus(round=row.pk, by=by(CHAIR))) == "codi_too_few"
    actions.invite(round=row.pk, username=TWO, by=by(CHAIR))
    say(row, TWO)
    assert actions.open_consensus(round=row.pk, by=by(CHAIR)).state == "consensus"


def test_what_fits_together():
    assert refused(lambda: opened(level="programme")) == "codi_round_wrong"
    assert refused(lambda: opened(programme="OAA")) == "codi_round_wrong"
    assert refused(lambda: opened(scale=5)) == "codi_round_wrong"
    assert refused(lambda: opened("2024-26")) == "budget_year_wrong"
    opened()
    assert refused(lambda: opened()) == "codi_round_once"
    assert opened(level="programme", programme="OAA").programme_id == "OAA"


def test_where_they_differ_a_reason_is_written():
    row = talked()
    assert actions.agree_unanimous(round=row.pk, by=by(CHAIR)) == 1
    assert refused(lambda: agree(row, "1.2", 2)) == "codi_reason_missing"
    assert refused(lambda: agree(row, "1.1", 4)) == "codi_reason_missing"  # not what they said
    assert refused(lambda: agree(row, "9.9", 1, "x")) == "codi_field_missing"
    assert agree(row, "1.2", 2, "practice differs by upazila").score == 2
    assert refused(lambda: actions.close_round(round=row.pk, by=by(CHAIR))) == "codi_not_agreed"
    assert agree(row, "2.1", 2).reason == ""
    row = actions.close_round(round=row.pk, by=by(CHAIR))
    made = queries.result(row)
    assert [criterion.mean for criterion in made.criteria[:3]] == [2.5, 2, None]
    assert made.criteria[0].missing == ("1.3", "1.4", "1.5")
    assert (float(made.overall), made.completeness * 37) == (2.25, 3)
    assert queries.low_fields(made) == ["1.2", "2.1"]


def test_the_database_shuts_what_is_past():
    row = talked()
    assert refused(lambda: say(row, ONE, score=1)) == "codi_round_missing"
    with pytest.raises(DatabaseError), transaction.atomic():
        CodiScore.objects.filter(round=row).update(score=1)
    agree(row, "1.1", 3)
    agree(row, "1.2", 2, "x")
    agree(row, "2.1", 2)
    actions.close_round(round=row.pk, by=by(CHAIR))
    assert refused(lambda: agree(row, "1.1", 1, "x")) == "codi_round_missing"
    with pytest.raises(DatabaseError), transaction.atomic():
        CodiAgreed.objects.filter(round=row).update(score=1)


def test_rounds_compare_and_two_scales_are_told_apart():
    closed("2020-21", first=1)
    row = closed("2024-25")
    assert [made.round.fiscal_year for made in queries.over_rounds(row)] == ["2020-21", "2024-25"]
    assert queries.latest().round == row
    assert queries.latest("delivery") is None
    three = opened("2016-17", scale=3)
    assert refused(lambda: say(three, ONE, score=4)) == "codi_score_wrong"
    field = queries.fields(3)[0]
    assert len(field.levels) == 3
    assert field.levels[1][1] == "provision in policy only / provision in law, not monitored"


def test_a_reform_hangs_on_a_field():
    row = closed()
    given = {
        "round": row.pk,
        "field": "1.2",
        "what": "one manual",
        "owner": "MoSW",
        "priority": "high",
        "by": by(CHAIR),
    }
    made = actions.propose_option(**given, actions="2.1-15-01")
    assert [option.pk for option in queries.options(by("auditor"), row)] == [made.pk]
    for change in ({"owner": "XX"}, {"what": " "}, {"priority": "soon"}):
        assert refused(lambda change=change: actions.propose_option(**{**given, **change})) == "codi_option_wrong"
    assert refused(lambda: actions.propose_option(**{**given, "by": by(ONE)})) == "not_allowed"


def test_a_wording_is_corrected_and_loading_again_keeps_it():
    given = {"field": "1.1", "part": "level_2", "bn": "নীতিতে আছে", "en": "in policy", "reason": "official text"}
    actions.correct_wording(**given, by=by(CHAIR))
    actions.load_codi(by=SYSTEM)
    assert queries.fields()[0].levels[1] == ("নীতিতে আছে", "in policy")
    assert "in policy" in queries.fields(3)[0].levels[1][1]
    assert refused(lambda: actions.correct_wording(**{**given, "bn": ""}, by=by(CHAIR))) == "codi_wording_wrong"
    assert refused(lambda: actions.correct_wording(**{**given, "part": "three"}, by=by(CHAIR))) == "codi_wording_wrong"


def test_indicators_are_written_out():
    codes = {field.code: field.indicators for field in queries.fields()}
    assert codes["1.3"] == ("IN-07", "OC-02", "OC-03", "OC-04", "OC-05", "OC-06", "OC-07")
    assert codes["2.3"] == ()


def test_who_sees_no_assessment_sees_none():
    row = closed()
    outsider = by("operator")
    assert queries.rounds(outsider).count() == 0
    assert queries.round_of(outsider, row.pk) is None
    assert queries.scores(outsider, row).count() == 0
    assert queries.options(outsider, row).count() == 0

"""What the report's chapters about the steering of the reform are made of: one thing of each kind."""

from __future__ import annotations

from datetime import UTC, date, datetime

from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.coordination.actions_committees import load_committees
from shohay.stages.coordination.models_committees import Committee, Decision, Meeting
from shohay.stages.results.actions_codi import load_codi
from shohay.stages.results.actions_dli import load_dlis
from shohay.stages.results.models_codi import CodiAgreed, CodiField, CodiRound
from shohay.stages.results.models_dli import Dli, DliClaim
from shohay.stages.results.models_survey import SurveyEstimate, SurveyRound, SurveyRun

THEN = datetime(2026, 9, 1, tzinfo=UTC)


def reform_on_record() -> None:
    """What the chapters about the steering of the reform are made of: one thing of each kind."""
    load_committees(counted_from=date(2026, 7, 1), by=SYSTEM)
    load_dlis(by=SYSTEM)
    load_codi(by=SYSTEM)
    terms = Dli.objects.order_by("pk")[0]
    Dli.objects.filter(pk=terms.pk).update(value=200_000_000, baseline=0, target=10, fiscal_year="2024-25")
    DliClaim.objects.create(
        dli=terms, actual=5, state="verified", claimed_by="a", claimed_role="focal_point", claimed_at=THEN,
        verified_value=5, verified_by="b", verified_role="evaluator", verified_at=THEN, earned=100_000_000,
    )  # fmt: skip
    for year, score in (("2021-22", 2), ("2024-25", 3)):
        row = CodiRound.objects.create(
            level="system", fiscal_year=year, state="consensus", opened_by="a", opened_at=THEN
        )
        CodiAgreed.objects.bulk_create(
            CodiAgreed(round=row, field=one, score=score, agreed_by="a", agreed_at=THEN)
            for one in CodiField.objects.all()
        )
    CodiRound.objects.update(state="closed", closed_by="a", closed_at=THEN)
    survey = SurveyRound.objects.create(
        survey="HIES", label="2022", title_bn="খানা জরিপ ২০২২", title_en="Household survey 2022",
        collected_on=date(2022, 7, 1), source="BBS", state="estimated", file_name="h.csv", file_sha256="f", mapping={},
        mapping_sha256="m", data_sha256="d", path="surveys/h", imported_at=THEN, imported_by="bbs",
    )  # fmt: skip
    run = SurveyRun.objects.create(
        round=survey, data_sha256="d", mapping_sha256="m", code_version="1", design={"observations": 14_400},
        estimates=3, result_sha256="r", seconds=1, computed_at=THEN, computed_by="bbs",
    )  # fmt: skip
    for measure, programme, value in (
        ("headcount", "", 0.187),
        ("coverage", "all", 0.37),
        ("under_coverage", "all", 0.6),
    ):
        SurveyEstimate.objects.create(
            run=run, measure=measure, programme=programme, dimension="all", value=value, error=0.01, low=value - 0.02,
            high=value + 0.02, df=700, observations=14_400, base=14_400,
        )  # fmt: skip
    meeting = Meeting.objects.create(
        committee=Committee.objects.get(pk="CMC"), number=1, meets_on=date(2026, 8, 10), state="held", listed=True,
        called_by="a", called_at=THEN, minutes="m", minutes_state="confirmed", minutes_by="a", confirmed_by="b",
    )  # fmt: skip
    for number, (state, due) in enumerate(
        (("open", date(2026, 9, 1)), ("open", date(2027, 1, 1)), ("closed", None)), 1
    ):
        Decision.objects.create(
            meeting=meeting, no=number, text="তালিকা প্রকাশ", ministry_id="MoSW", due_on=due, state=state, recorded_by="a",
            recorded_at=THEN, reported_by="a" if state == "closed" else "", closed_by="b" if state == "closed" else "",
        )  # fmt: skip

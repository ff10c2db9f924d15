"""Evidence comes as an attachment, as what it is, to whoever may see what it proves."""

from __future__ import annotations

import pytest

from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.audit import queries
from shohay.stages.audit.actions_evidence import attach
from tests.core.test_file_kinds import PDF_BYTES


@pytest.fixture
def row(world):
    return attach(data=PDF_BYTES, file_name="সভা.pdf", title="", subject=("plan_update", "1"), by=SYSTEM)


def test_handed_out_as_an_attachment(sit, row):
    answer = sit("cabinet").get(f"/office/evidence/{row.pk}/")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == PDF_BYTES
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_not_to_others_and_not_what_is_not_there(sit, row):
    assert sit("union_operator").get(f"/office/evidence/{row.pk}/").status_code == 403
    assert sit("cabinet").get(f"/office/evidence/{row.pk + 1}/").status_code == 404
    queries.evidence_path(row).unlink()
    assert sit("cabinet").get(f"/office/evidence/{row.pk}/").status_code == 404


def test_what_it_proves_decides_who_may_see_it(sit, world):
    survey = attach(data=PDF_BYTES, file_name="a.pdf", title="", subject=("codi", "1"), by=SYSTEM)
    assert sit("finance").get(f"/office/evidence/{survey.pk}/").status_code == 200
    assert sit("programme_manager").get(f"/office/evidence/{survey.pk}/").status_code == 403

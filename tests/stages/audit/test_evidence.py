"""Evidence: kept once by content, never changed, refused when it is something else."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from shohay.core.file_kinds import MOST_BYTES
from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.audit import queries
from shohay.stages.audit.actions_evidence import attach
from shohay.stages.audit.models import Event, Evidence
from tests.core.test_file_kinds import PDF_BYTES, PNG_BYTES

pytestmark = pytest.mark.django_db
ABOUT = ("plan_update", 7)


def test_attached_found_and_read_again():
    row = attach(data=PDF_BYTES, file_name="minutes.docx", title=" Minutes ", subject=ABOUT, by=SYSTEM)
    assert (row.file_name, row.content_type, row.title, row.size) == (
        "minutes.pdf", "application/pdf", "Minutes", len(PDF_BYTES),
    )  # fmt: skip
    assert queries.evidence_of("plan_update", 7) == [row]
    assert queries.evidence_of("plan_update", 8) == []
    assert queries.evidence_on("plan_update", [7, 8]) == {"7": [row], "8": []}
    assert queries.evidence_path(row).read_bytes() == PDF_BYTES
    assert Event.objects.get(action="evidence.attached").detail["sha256"] == row.sha256


def test_the_same_bytes_lie_once():
    first = attach(data=PNG_BYTES, file_name="a.png", title="", subject=ABOUT, by=SYSTEM)
    again = attach(data=PNG_BYTES, file_name="b.png", title="", subject=ABOUT, by=SYSTEM)
    other = attach(data=PNG_BYTES, file_name="c.png", title="", subject=("plan_update", 8), by=SYSTEM)
    assert again == first != other
    assert queries.evidence_path(first) == queries.evidence_path(other)
    assert Event.objects.filter(action="evidence.attached").count() == 2


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "evidence_empty"), (b"MZ program", "evidence_kind"), (b"%PDF-" + b" " * MOST_BYTES, "evidence_too_large")],
)
def test_what_is_no_evidence_is_refused_in_both_languages(data, code):
    with pytest.raises(Refusal) as refused:
        attach(data=data, file_name="x.pdf", title="", subject=ABOUT, by=SYSTEM)
    assert refused.value.code == code
    assert refused.value.say("bn") != refused.value.say("en")
    assert Evidence.objects.count() == 0


def test_the_database_keeps_it_as_it_is():
    row = attach(data=PDF_BYTES, file_name="a.pdf", title="", subject=ABOUT, by=SYSTEM)
    for change in (
        lambda: Evidence.objects.filter(pk=row.pk).update(title="other"),
        lambda: Evidence.objects.filter(pk=row.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()

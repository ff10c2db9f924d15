"""A file is kept as it came, recognised again, checked, and reported in the reader's language."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from shohay.core.messages import Refusal
from shohay.stages.audit.models import Event
from shohay.stages.intake import actions, queries
from shohay.stages.intake.models import RowError, Upload
from tests.household_files import CODES, data, household, row
from tests.stages.registry.conftest import FAR, OPERATOR, make_places


def bad_rows() -> list[dict[str, str]]:
    rows = household("H1")
    rows[1]["sex"] = "?"
    return rows


def test_the_same_bytes_are_one_upload(places):
    first = actions.receive(data=data(household("H1")), file_name="../a.csv", area_code="302608", by=OPERATOR)
    again = actions.receive(data=data(household("H1")), file_name="b.csv", area_code="302608", by=OPERATOR)
    assert first.pk == again.pk
    assert first.file_name == "a.csv"
    stored = settings.VAR / "intake" / first.sha256
    assert hashlib.sha256(stored.read_bytes()).hexdigest() == first.sha256
    assert [event.action for event in Event.objects.order_by("seq")] == ["upload.received", "upload.received_again"]


def test_a_path_is_kept_too(places, tmp_path: Path):
    path = tmp_path / "f.csv"
    path.write_bytes(data(household("H1")))
    upload = actions.receive(data=path, file_name="f.csv", by=OPERATOR)
    assert queries.stored(upload).read_bytes() == path.read_bytes()


def test_who_may_send_for_an_area(places):
    with pytest.raises(Refusal, match="may not"):
        actions.receive(data=b"x", file_name="f", area_code="302608", by=FAR)
    with pytest.raises(Refusal, match="no template"):
        actions.receive(data=b"x", file_name="f", template="none", by=OPERATOR)


def test_checking_keeps_findings_as_rows(checked):
    upload = checked(bad_rows())
    assert (upload.state, upload.rows_total, upload.rows_good, upload.rows_bad) == ("checked", 3, 2, 1)
    error = queries.row_errors(upload).get()
    assert (error.line, error.column, error.code, error.value) == (3, "sex", "not_a_choice", "?")
    assert "ছকে" in queries.reason(error, "bn")
    assert "template" in queries.reason(error, "en")
    again = actions.check(upload=upload, by=OPERATOR)
    assert again.rows_bad == 1
    assert RowError.objects.count() == 1  # checking again does not double


def test_numbers_are_masked_in_findings(checked):
    upload = checked([row(id_kind="nid10", id_number="123456789")])
    assert queries.row_errors(upload).get(code="id_length").value == "••••••789"


def test_a_refused_file_says_why_in_both_languages(places):
    upload = actions.receive(data=b",".join(code.encode() for code in CODES), file_name="f.csv", by=OPERATOR)
    upload = actions.check(upload=upload, by=OPERATOR)
    assert upload.state == Upload.State.REFUSED
    assert "সারি" in queries.problem(upload, "bn")
    assert "no rows" in queries.problem(upload, "en")


def test_without_places_nothing_can_be_checked(db):
    upload = actions.receive(data=data(household("H1")), file_name="f.csv", by=OPERATOR)
    with pytest.raises(Refusal) as refused:
        actions.check(upload=upload, by=OPERATOR)
    assert refused.value.code == "places_missing"


def test_rows_outside_the_senders_area(checked):
    upload = checked(household("H1", union_code="10091812"))
    assert upload.findings == {"area_outside": 3}


@pytest.mark.parametrize("language", ["bn", "en"])
def test_the_rows_to_correct(checked, language: str):
    path = queries.errors_file(checked(bad_rows()), language)
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 2
    assert ("কারণ" if language == "bn" else "Reason") in lines[0]
    assert lines[1].startswith("3,")


def test_uploads_of_my_areas(checked):
    upload = checked(household("H1"))
    assert list(queries.uploads(OPERATOR)) == [upload]
    assert list(queries.uploads(FAR)) == []


def test_blank_template(db):
    assert queries.template_file("bn", "xlsx").read_bytes().startswith(b"PK")
    assert queries.template_columns() == CODES


KILLED = """
    import os, sys
    os.environ["SHOHAY_VAR"], os.environ["DATABASE_URL"] = sys.argv[1], sys.argv[2]
    os.environ["DJANGO_SETTINGS_MODULE"] = "shohay.config.settings"
    import django
    django.setup()
    from shohay.stages.accounts.officer import SYSTEM
    from shohay.stages.intake import actions as intake
    from shohay.stages.intake.models import Upload
    from shohay.stages.registry import actions as registry

    def stop_at(step, done, total):
        if sys.argv[4] in (step, f"{step} {done}"):
            print("here", flush=True)
            sys.stdin.read()  # until the test kills this process

    upload = Upload.objects.get(pk=sys.argv[3])
    upload = intake.check(upload=upload, by=SYSTEM, progress=stop_at)
    registry.admit(upload=upload, by=SYSTEM, progress=stop_at)
"""


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize(
    "moment",
    [
        "checking 1",
        "registered",
        *(pytest.param(step, marks=pytest.mark.heavy) for step in ("writing 4", "sealing 0", "registry_person")),
    ],
)
def test_killed_in_the_middle_leaves_nothing_and_running_again_completes(tmp_path: Path, moment: str):
    """The progress callback, which any caller may pass, is where the process waits to be killed with signal 9."""
    from shohay.stages.accounts.officer import SYSTEM
    from shohay.stages.registry import actions as registry
    from shohay.stages.registry.models import Household, Identity, Person

    make_places()
    rows = [*household("H1", id_kind="nid10", id_number="1234567890"), *household("H2")]
    upload = actions.receive(data=data(rows), file_name="f.csv", by=SYSTEM)
    database = connection.settings_dict
    url = f"postgresql://{database['USER']}@/{database['NAME']}?host={database['HOST']}"
    script = tmp_path / "run.py"
    script.write_text(textwrap.dedent(KILLED))
    child = subprocess.Popen(
        [sys.executable, str(script), str(settings.VAR), url, str(upload.pk), moment],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ,
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stdout.readline() == b"here\n"
    child.send_signal(signal.SIGKILL)
    child.wait()
    upload.refresh_from_db()
    assert upload.state in (Upload.State.RECEIVED, Upload.State.CHECKED)
    assert not Household.objects.exists()
    assert not Person.objects.exists()
    assert not Identity.objects.exists()
    _wait_for_backend_to_notice()
    upload = actions.check(upload=upload, by=SYSTEM)
    counts = registry.admit(upload=upload, by=SYSTEM)
    assert counts["persons"] == Person.objects.count() == 6
    assert Identity.objects.count() == 3
    assert registry.admit(upload=upload, by=SYSTEM) == counts  # again: nothing
    assert Person.objects.count() == 6
    assert list((settings.VAR / "work").glob(f"*{upload.pk}*")) == []


def _wait_for_backend_to_notice() -> None:
    """The server ends the killed client's session, and with it its locks, when it next looks at the connection."""
    until = time.monotonic() + 30
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(
                "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
                " and backend_type = 'client backend'"
            )
            if cursor.fetchone()[0] == 0:
                return
    raise AssertionError("the session of the killed process is still there")

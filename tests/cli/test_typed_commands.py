"""Commands typed at the desk, from quotas to complaints: what each does, and what it says when it may not."""

from __future__ import annotations

import json
from ast import literal_eval
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner

from shohay.cli.main import app
from shohay.stages.accounts.models import Assignment
from shohay.stages.enrolment.models import Enrolment
from shohay.stages.grievance.models import Grievance
from shohay.stages.intake.models import ApiToken
from shohay.stages.payments.models import Payment
from shohay.stages.targeting.models import Decision, Quota
from tests.factories.world import HERE, UNION_HERE, World

pytestmark = pytest.mark.usefixtures("in_small_world")
YEAR = "2026-27"
NOT_ALLOWED = ("You may not do this", "এই কাজের অনুমতি আপনার নেই")


def run(*arguments: object, code: int = 0) -> str:
    """What the command prints on both streams; it must end with ``code``."""
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert done.exit_code == code, (done.output, done.exception)
    return done.output


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.VAR = tmp_path
    monkeypatch.setenv("SHOHAY_LANGUAGE", "en")
    return tmp_path


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """``refused("not allowed", "অনুমতি", "quotas", ...)``: ends with 1 and says why in the reader's language."""

    def check(english: str, bangla: str, *arguments: object) -> None:
        for language, said in (("en", english), ("bn", bangla)):
            monkeypatch.setenv("SHOHAY_LANGUAGE", language)
            assert said in run(*arguments, code=1)

    return check


def test_quotas_share_the_places_that_were_given(world: World, refused: Callable[..., None]) -> None:
    told = run("quotas", "OAA", "--total", 11, "--fiscal-year", YEAR, "--by", "programme_manager")
    shares = dict(line.split("\t") for line in told.splitlines())
    assert sum(map(int, shares.values())) == 11
    assert Quota.objects.get(programme_code="OAA", area_code=HERE, fiscal_year=YEAR).slots == int(shares[HERE])
    refused(*NOT_ALLOWED, "quotas", "OAA", "--total", 5, "--by", "finance")
    assert "there is no officer 'nobody'" in run("quotas", "OAA", "--by", "nobody", code=1)


def test_a_list_is_shown_and_approved_by_another_officer(world: World, refused: Callable[..., None]) -> None:
    assert f"{world.list.pk}\tOAA\t{HERE}\t1\t2\t1\tproposed" in run("lists", "show", "--run", world.run.pk)
    refused(
        "Another officer must approve",
        "যিনি প্রস্তাব করেছেন তিনি নিজে অনুমোদন করতে পারেন না",
        "lists",
        "approve",
        world.list.pk,
        "--by",
        "second",
    )
    assert "1 lists approved" in run("lists", "approve", world.list.pk, "--by", "upazila_officer")
    world.list.refresh_from_db()
    assert (world.list.state, world.list.approved_by) == ("approved", "upazila_officer")


def test_a_list_goes_back_with_a_reason(world: World) -> None:
    run("lists", "return", world.list_wda.pk, "--reason", "two villages are missing", "--by", "upazila_officer")
    world.list_wda.refresh_from_db()
    assert world.list_wda.state == "returned"
    told = run("lists", "return", 99, "--reason", "none", "--by", "upazila_officer", code=1)
    assert told == "there is no list 99 / 99 নম্বরের কোনো তালিকা নেই\n"
    assert "`shohay determine` / এমন কোনো" in run("lists", "propose", "--run", 99, "--by", "upazila_officer", code=1)


def test_the_selected_of_an_approved_list_are_enrolled_once(world: World, refused: Callable[..., None]) -> None:
    Decision.objects.filter(selection_list=world.list, person=world.amena).update(selected=False)
    Decision.objects.filter(selection_list=world.list, person=world.rahim).update(selected=True)
    run("lists", "approve", world.list.pk, "--by", "upazila_officer")
    refused(*NOT_ALLOWED, "enrol", "--on", "2026-10-01", world.list.pk, "--by", "upazila_officer")
    typed = ("enrol", "--on", "2026-10-01", world.list.pk, "--by", "programme_manager")
    assert run(*typed) == f"{world.list.pk}\tOAA\t{HERE}\t1 of 1\n"
    assert run(*typed) == f"{world.list.pk}\tOAA\t{HERE}\t0 of 1\n"
    assert Enrolment.objects.get(person=world.rahim).valid.lower == date(2026, 10, 1)
    assert "'October' is no day" in run("enrol", "--on", "October", code=1)


def test_a_payroll_is_shown_and_approved(world: World, refused: Callable[..., None]) -> None:
    number = world.payroll.pk
    assert f"P{number}\tOAA\t2026-07-01\t-\t2\t3900.00\tprepared" in run("payroll", "show", "--by", "payroll_approver")
    refused(*NOT_ALLOWED, "payroll", "approve", number, "--by", "finance")
    assert run("payroll", "approve", number, "--by", "payroll_approver") == f"P{number}: approved\n"
    assert "there is no payroll 99 / 99 নম্বরের কোনো পে-রোল নেই" in run("payroll", "send", 99, code=1)
    assert "is no day" in run("payroll", "prepare", "OAA", "01/07/2026", "--by", "programme_manager", code=1)


def test_reconcile_ends_with_nothing_only_when_all_agrees(world: World, refused: Callable[..., None]) -> None:
    typed = ("reconcile", world.payroll.pk, "--by", "finance")
    assert json.loads(run(*typed, code=1))["balanced"] is False  # returned payments that the ledger knows nothing of
    Payment.objects.update(state="prepared", reason_code="")
    report = json.loads(run(*typed))
    assert (report["balanced"], report["open"]) == (True, 0)
    refused(*NOT_ALLOWED, "reconcile", world.payroll.pk, "--by", "upazila_officer")


def test_a_complaint_is_filed_shown_and_answered(world: World, refused: Callable[..., None]) -> None:
    by = ("--by", "upazila_officer")
    number = run("grievance", "file", "exclusion", "--text", "আমার নাম নেই", "--person", world.rahim.pk, *by).split()[0]
    assert number in run("grievance", "show", *by)
    assert number not in run("grievance", "show", "--by", "elsewhere")
    refused(*NOT_ALLOWED, "grievance", "answer", number, "upheld", "--text", "দেখা হবে", "--by", "elsewhere")
    assert run("grievance", "answer", number, "upheld", "--text", "নাম যুক্ত হবে", *by) == "answered\n"
    assert Grievance.objects.get(number=number).state == "answered"
    assert number not in run("grievance", "show", *by)
    assert "there is no complaint G-1 / G-1 নম্বরের" in run(
        "grievance", "answer", "G-1", "upheld", "--text", "x", code=1
    )


def test_a_token_is_made_listed_and_withdrawn(world: World, refused: Callable[..., None]) -> None:
    Assignment.objects.filter(user__username="union_operator").update(area_code=HERE)
    typed = ("token", "create", "--area", UNION_HERE, "--name", "office of the union", "--by", "upazila_officer")
    number, token = run(*typed, "--officer", "union_operator").split()
    row = ApiToken.objects.get(pk=number)
    assert token not in (row.digest, bytes(row.digest).hex() if not isinstance(row.digest, str) else row.digest)
    assert run("token", "list").split("\t")[-1] == "open\n"
    refused("no officer finance who may", "finance নামে এমন কোনো কর্মকর্তা নেই", *typed, "--officer", "finance")
    assert "withdrawn" in run("token", "withdraw", number, "--by", "upazila_officer")
    assert run("token", "list").split("\t")[-1] == "withdrawn\n"
    assert "there is no token 99 / 99 নম্বরের কোনো টোকেন নেই" in run("token", "withdraw", 99, code=1)


def test_the_form_for_odk_is_a_workbook(tmp_path: Path) -> None:
    out = tmp_path / "form.xlsx"
    assert run("form", "--out", out).strip() == str(out)
    assert "xl/workbook.xml" in ZipFile(out).namelist()
    assert "no folder" in run("form", "--out", tmp_path / "nowhere" / "form.xlsx", code=1)
    told = run("form", "--out", tmp_path / "form.csv", code=1)
    assert "must end in .xlsx" in told
    assert ".xlsx হতে হবে" in told


def test_a_population_is_made_as_asked(tmp_path: Path) -> None:
    told = run("synth", "--households", 50, "--seed", 7, "--out", tmp_path / "made", "--as-of", "2026-10-01")
    counts = literal_eval(told.split("rows: ")[1].splitlines()[0])
    lines = Path(told.split("file: ")[1].splitlines()[0]).read_text("utf-8-sig").splitlines()
    assert len(lines) - 1 == counts["file"] > 50  # a line for each member of a household
    assert "snapshot, file or both" in run("synth", "--households", 50, "--form", "paper", code=2)
    run("synth", "--households", 0, code=2)

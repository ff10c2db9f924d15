"""Checking a draft report and keeping what was found."""

from __future__ import annotations

import hashlib
import os
import tempfile

import rfc8785
from django.db import transaction

from shohay.bulk.checking_known import shipped
from shohay.bulk.report_text import read
from shohay.core.checking import Finding, check_lines, summary
from shohay.core.checking.context import day_of_year
from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.coordination import queries_checks as queries
from shohay.stages.coordination.models_checks import CheckFinding, ReportCheck


def check_report(*, data: bytes, file_name: str, year: str = "", known: bool = True, by: Officer) -> ReportCheck:
    """Check a draft (.txt, .docx, .html) and keep the file and its findings.

    The same file with the same findings is the check that is there already. Refusals: not_allowed, check_file_*,
    check_year_wrong.
    """
    by.require("report.check")
    name = file_name[:200] or "draft"
    if year and day_of_year(year) is None:
        raise Refusal("check_year_wrong", year=year[:20])
    text = read(data, name)
    found = check_lines(text.lines, shipped() if known else None, year=year, headings=text.headings)
    sha256, alike = hashlib.sha256(data).hexdigest(), _fingerprint(found)
    same = ReportCheck.objects.filter(sha256=sha256, year=year, known=known, findings_sha256=alike).first()
    if same is not None:
        return same
    _keep_file(data, sha256)
    counts = summary(found)["by_severity"]
    with transaction.atomic():
        check = ReportCheck.objects.create(
            sha256=sha256, file_name=name, size=len(data), lines=_length(text.lines), year=year,
            known=known, findings_sha256=alike, made_by=by.username,
            errors=counts["error"], warnings=counts["warning"], notes=counts["note"],
        )  # fmt: skip
        CheckFinding.objects.bulk_create([_row(check, finding) for finding in found], batch_size=1000)
        record(
            action="report.checked", by=by, subject=("report_check", check.pk),
            detail={"sha256": sha256, "file": name, "findings": len(found), **counts},
        )  # fmt: skip
    return check


def _length(lines: list[str]) -> int:
    """Lines but for the empty ones at the end."""
    return max((no for no, line in enumerate(lines, 1) if line.strip()), default=0)


def _fingerprint(found: list[Finding]) -> str:
    return hashlib.sha256(rfc8785.dumps([finding.as_row() for finding in found])).hexdigest()


def _row(check: ReportCheck, finding: Finding) -> CheckFinding:
    return CheckFinding(
        report_check=check, line=finding.line, line_end=finding.line_end or finding.line, rule=finding.rule,
        severity=finding.severity, reported=finding.reported, expected=finding.expected, message_bn=finding.bn,
        message_en=finding.en, place_bn=finding.place_bn, place_en=finding.place_en, excerpt=finding.excerpt,
    )  # fmt: skip


def _keep_file(data: bytes, sha256: str) -> None:
    """Written aside and moved into place: a killed upload leaves no half file under the right name."""
    path = queries.file_path(sha256)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=".taking-")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    os.replace(aside, path)

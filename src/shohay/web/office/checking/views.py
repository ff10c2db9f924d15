"""Checking a draft report: upload it, read its contradictions by rule, see what a new version mended."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_POST

from shohay.core.bangla import to_latin_digits
from shohay.core.checking import RULES, SEVERITIES
from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.coordination import actions_checks as actions
from shohay.stages.coordination import queries_checks as queries
from shohay.stages.coordination.models_checks import CheckFinding, ReportCheck
from shohay.web.office import desk, exports
from shohay.web.office.checking.forms import CheckForm
from shohay.web.office.exports import Field
from shohay.web.parts import pager

MOST_ROWS = 300  # of a difference on the page
LOOK = {
    "error": ("bad", "x-circle-fill"),
    "warning": ("wait", "exclamation-triangle-fill"),
    "note": ("busy", "info-circle-fill"),
}


def _checks(officer: Officer, asked: exports.Asked) -> Any:
    return queries.checks(officer)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _findings(officer: Officer, asked: exports.Asked) -> Any:
    return queries.findings(
        officer, _number(asked.get("check", "")), severity=asked.get("severity", ""), rule=asked.get("rule", "")
    )


exports.declare("checks", gettext_noop("Checked reports"), _checks, ("report.check",), [
    Field(gettext_noop("No."), "pk", "number"), Field(gettext_noop("File"), "file_name"),
    Field(gettext_noop("Errors"), "errors", "number"), Field(gettext_noop("Warnings"), "warnings", "number"),
    Field(gettext_noop("Notes"), "notes", "number"), Field(gettext_noop("Fingerprint"), "sha256"),
    Field(gettext_noop("Checked by"), "made_by", "officer"), Field(gettext_noop("Checked at"), "made_at", "moment"),
])  # fmt: skip
exports.declare("check-findings", gettext_noop("Contradictions of a report"), _findings, ("report.check",), [
    Field(gettext_noop("Line number"), "line", "number"), Field(gettext_noop("To line"), "line_end", "number"),
    Field(gettext_noop("Place"), "place_{language}"), Field(gettext_noop("Severity"), "severity", "severity"),
    Field(gettext_noop("Rule"), "rule"), Field(gettext_noop("As the draft has it"), "reported"),
    Field(gettext_noop("Expected"), "expected"), Field(gettext_noop("Message"), "message_{language}"),
    Field(gettext_noop("Text of the line"), "excerpt"),
])  # fmt: skip


@require_GET
@desk.needs("report.check")
def checks(request: HttpRequest) -> HttpResponse:
    """The checks made, the newest first, and the form for another draft."""
    if kind := exports.wanted(request):
        return exports.answer(request, "checks", kind)
    return _list_page(request, CheckForm())


def _list_page(request: HttpRequest, form: CheckForm, refusal: str = "") -> HttpResponse:
    officer = desk.officer(request)
    context = {
        "rows": pager.page(request, queries.checks(officer), order=("-id",)),
        "form": form,
        "compare": list(queries.checks(officer)[:50]),
    }
    return desk.page(request, "office/checking/checks.html", context, refusal=refusal)


@require_POST
@desk.needs("report.check")
def new(request: HttpRequest) -> HttpResponse:
    """Seconds of work: done at once, and its page opened."""
    form = CheckForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list_page(request, form)
    given, file = form.cleaned_data, form.cleaned_data["file"]
    try:
        made = actions.check_report(
            data=file.read(), file_name=file.name, year=to_latin_digits(given["year"]).strip(), known=given["known"],
            by=desk.officer(request),
        )  # fmt: skip
    except Refusal as refusal:
        return _list_page(request, form, refusal.say(desk.language()))
    return redirect("office:check", made.pk)


@require_GET
@desk.needs("report.check")
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """One check: how many of what, then the findings, filtered by severity or rule."""
    officer = desk.officer(request)
    row = queries.checks(officer).filter(pk=pk).first()
    if row is None:
        raise Http404
    if kind := exports.wanted(request):
        return exports.answer(request, "check-findings", kind, check=str(pk))
    severity, rule = request.GET.get("severity", ""), request.GET.get("rule", "")
    found = queries.findings(
        officer, pk, severity=severity if severity in SEVERITIES else "", rule=rule if rule in RULES else ""
    )
    page = pager.page(request, found, order=("line", "id"))
    context = {
        "check": row, "rows": page, "findings": [_shown(finding) for finding in page.rows], "severity": severity,
        "rule": rule, "rule_title": title(rule) if rule in RULES else "", "rules": _rules(officer, pk),
        "before": queries.checks(officer).filter(pk__lt=pk, file_name=row.file_name).first(),
        "tiles": [(name, getattr(row, f"{name}s"), *LOOK[name]) for name in SEVERITIES],
    }  # fmt: skip
    return desk.page(request, "office/checking/check.html", context)


def title(code: str) -> str:
    """The rule's name in the reader's language; a rule that is no more keeps its code."""
    rule = RULES.get(code)
    if rule is None:
        return code
    return rule.title_en if desk.language() == "en" else rule.title_bn


def _rules(officer: Officer, pk: int) -> list[dict[str, Any]]:
    return [
        {
            "code": row.rule, "title": title(row.rule), "severity": row.severity, "number": row.number,
            "first": row.first, "look": LOOK[row.severity],
        }
        for row in queries.by_rule(officer, pk)
    ]  # fmt: skip


def _shown(row: CheckFinding) -> dict[str, Any]:
    english = desk.language() == "en"
    return {
        "row": row, "title": title(row.rule), "look": LOOK[row.severity],
        "message": row.message_en if english else row.message_bn, "place": row.place_en if english else row.place_bn,
    }  # fmt: skip


@require_GET
@desk.needs("report.check")
def difference(request: HttpRequest) -> HttpResponse:
    """``?old=1&new=2``: what the newer version mended, and what is wrong in it that was not before."""
    officer = desk.officer(request)
    asked = [_number(request.GET.get(name, "")) for name in ("old", "new")]
    found: dict[int, ReportCheck] = {row.pk: row for row in queries.checks(officer).filter(pk__in=asked)}
    if set(asked) != set(found):
        raise Http404
    changed = queries.changed(officer, asked[0], asked[1])
    context = {
        "before": found[asked[0]], "after": found[asked[1]], "stayed": changed.stayed,
        "gone_number": len(changed.gone), "new_number": len(changed.new),
        "gone": [_shown(row) for row in changed.gone[:MOST_ROWS]],
        "new": [_shown(row) for row in changed.new[:MOST_ROWS]], "most": MOST_ROWS,
    }  # fmt: skip
    return desk.page(request, "office/checking/difference.html", context)

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shohay.stages.grievance.models import Grievance
from shohay.web.office import fields
from shohay.web.office.words import choices
from shohay.web.parts.forms import offer

PURPOSES = ["service", "verification", "payment", "grievance", "duplicate", "audit"]
STOP_REASONS = ["death", "moved", "not_eligible", "duplicate", "own_wish", "other"]
EVIDENCE = ["certificate", "register", "chairman", "household"]
WHAT = [("identity", _("Identity number")), ("account", _("Account or wallet number"))]


class PurposeForm(forms.Form):
    """Why a record is opened: kept in the audit log with the officer's name."""

    purpose = fields.radio(_("Why do you open this record?"), lambda: choices("purpose", PURPOSES))
    note = fields.line(_("Note"), required=False, help_text=_("For instance the number of the letter or grievance."))

    def in_words(self) -> str:
        """'verification: letter 12/2026'."""
        note = self.cleaned_data["note"].strip()
        return f"{self.cleaned_data['purpose']}: {note}" if note else str(self.cleaned_data["purpose"])


class RevealForm(forms.Form):
    """``numbers``: (what:key, kind and mask) of the numbers held; where there are none it says so when asked."""

    what = fields.pick(_("Which number"), WHAT)
    reason = fields.line(_("Why do you need the whole number?"))

    def __init__(self, *args: Any, numbers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.labels = {code: label.partition(" •")[0] for code, label in numbers}
        if numbers:
            offer(self, "what", numbers)

    def wanted(self) -> tuple[str, int | None]:
        """What kind of number, and which of several."""
        what, _colon, key = self.cleaned_data["what"].partition(":")
        return what, int(key) if key else None

    def label(self) -> str:
        """The kind of the chosen number without its mask."""
        return self.labels.get(self.cleaned_data["what"], "")


class GrievanceForm(forms.Form):
    category = fields.pick(_("About"), lambda: choices("grievance", Grievance.Category.values))
    payment = fields.pick(_("Which payment"), [], required=False)
    text = fields.text(_("What happened, in the person's words"))

    def __init__(self, *args: Any, payments: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "payment", [("", str(_("None of them"))), *payments])


class DeathForm(forms.Form):
    """A death is written down with what shows it; the certificate itself stays with the office."""

    died_on = fields.day(_("Died on"), help_text=_("Day, month and year, for instance 21/11/2026."))
    evidence = fields.pick(_("What shows it"), lambda: choices("evidence", EVIDENCE))
    particulars = fields.line(
        _("Number or name"),
        longest=120,
        help_text=_("The number of the certificate or entry, or who told it and how you checked."),
    )

    def source(self) -> str:
        """'certificate: 2026/114', as the log keeps it."""
        return f"{self.cleaned_data['evidence']}: {self.cleaned_data['particulars'].strip()}"


class StopForm(forms.Form):
    enrolment = fields.pick(_("Which benefit"), [])
    reason = fields.pick(_("Why it should stop"), lambda: choices("stop", STOP_REASONS))
    on = fields.day(
        _("First day without it"),
        required=False,
        help_text=_("Empty: the first of next month. For instance 01/12/2026."),
    )

    def __init__(self, *args: Any, enrolments: list[tuple[str, str]], **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "stop_%s")  # the page has another "reason"
        super().__init__(*args, **kwargs)
        offer(self, "enrolment", enrolments)

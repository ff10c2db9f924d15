from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shohay.core.identity import KINDS
from shohay.core.verification import PARTIES
from shohay.web.office import fields
from shohay.web.office.words import choices


class StartForm(forms.Form):
    """Whom to ask, and about which place."""

    party = fields.radio(_("Who is asked"), lambda: choices("party", PARTIES))
    area = fields.pick(_("About the people of"), [])

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = areas  # type: ignore[attr-defined]  # a ChoiceField, typed as a Field


class DecideForm(forms.Form):
    decision = fields.radio(
        _("What came of it?"), lambda: choices("finding_state", ["explained", "corrected", "referred"])
    )
    note = fields.text(
        _("What did you find?"), rows=2, help_text=_("For instance: card seen, misprinted; letter sent.")
    )


class NumberForm(forms.Form):
    """Another identity number; its kind is said, since two kinds have 17 digits."""

    kind = fields.radio(_("Kind of number"), lambda: choices("identity", KINDS))
    number = fields.line(_("The number"), longest=30, help_text=_("Bangla or English digits; spaces do no harm."))
    evidence = fields.line(
        _("Which paper shows it?"),
        longest=200,
        help_text=_("For instance: smart card seen; birth certificate, copy kept."),
    )


class WithdrawForm(forms.Form):
    held = fields.pick(_("Which number"), [])
    reason = fields.line(_("Why is it withdrawn?"), longest=200)

    def __init__(self, *args: Any, held: list[tuple[str, str]], **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "withdraw_%s")
        super().__init__(*args, **kwargs)
        self.fields["held"].choices = held  # type: ignore[attr-defined]  # a ChoiceField, typed as a Field

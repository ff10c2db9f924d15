from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shohay.stages.registry.actions_quality import MOST_TASKS
from shohay.web.office import fields


class OpenForm(forms.Form):
    """Records of one rule put on the work list."""

    area = fields.pick(_("Place"), [])
    number = fields.whole(
        _("How many records"), least=1, max_value=MOST_TASKS, help_text=_("The worst ones come first.")
    )
    to = fields.pick(_("Who shall look into them"), [], required=False)

    def __init__(self, *args: Any, areas: list[tuple[str, str]], doers: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = areas  # type: ignore[attr-defined]  # a ChoiceField, typed as a Field
        self.fields["to"].choices = [("", _("Nobody yet")), *((name, name) for name in doers)]  # type: ignore[attr-defined]  # as above


class EndForm(forms.Form):
    outcome = fields.radio(
        _("What came of it?"),
        [
            ("corrected", _("The record was wrong and has been corrected")),
            ("right", _("I looked: it is as recorded")),
            ("unknown", _("It could not be found out")),
        ],
    )
    note = fields.text(
        _("What did you find?"), rows=2, help_text=_("For instance: saw the NID card; the household has moved.")
    )

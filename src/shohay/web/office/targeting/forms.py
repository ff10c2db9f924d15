from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shohay.web.office import fields
from shohay.web.parts.forms import offer
from shohay.web.templatetags.shohay import digits

MOST_PLACES = 200_000_000  # more than the people of the country


class RunForm(forms.Form):
    """A determination of a whole snapshot."""

    snapshot = fields.pick(_("Snapshot"), [])
    on = fields.day(_("Rules valid on"), help_text=_("Day, month and year, for instance 21/11/2026."))

    def __init__(self, *args: Any, snapshots: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "snapshot", snapshots)


class QuotaForm(forms.Form):
    area = fields.pick(_("Upazila or city corporation"), [])
    slots = fields.whole(_("Places"), max_value=MOST_PLACES)

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "area", areas)


class AllocateForm(forms.Form):
    """A programme's places of a year, shared among the areas."""

    programme = fields.pick(_("Programme"), [])
    year = fields.pick(_("Fiscal year"), [])
    total = fields.whole(
        _("Places in all"),
        required=False,
        max_value=MOST_PLACES,
        help_text=_("Empty: the published national number, scaled to the people in the registry."),
    )

    def __init__(self, *args: Any, programmes: list[tuple[str, str]], years: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "programme", programmes)
        offer(self, "year", [(year, digits(year)) for year in years])


class ReturnForm(forms.Form):
    reason = fields.text(_("What should be corrected?"), rows=2)


class EnrolForm(forms.Form):
    on = fields.day(_("First day of the benefit"))

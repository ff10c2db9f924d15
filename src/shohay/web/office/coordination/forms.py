"""Forms of the action plan: a progress update with its evidence, its return, a dependency, a ministry's sheet."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shohay.core.file_kinds import MOST_BYTES
from shohay.stages.coordination.actions_plan import File, Saying
from shohay.web.office import fields
from shohay.web.office.words import choices
from shohay.web.parts.forms import offer

MOST_FILES = 5
KINDS = ".pdf,.png,.jpg,.jpeg,.xlsx,.docx,.csv"


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Up to MOST_FILES files; the cleaned value is a list."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if len(given) > MOST_FILES:
            raise forms.ValidationError(_("At most %(n)s files at a time.") % {"n": MOST_FILES})
        return [super(SeveralFilesField, self).clean(one, initial) for one in given]


class UpdateForm(forms.Form):
    """What a ministry says of an item; ``base`` is the version that the writer saw."""

    base = forms.IntegerField(widget=forms.HiddenInput)
    ministry = fields.pick(_("On behalf of"), [])
    claim = fields.radio(_("How does it stand?"), [])
    obligation = fields.pick(_("For which period or day?"), [], required=False)
    percent = fields.whole(
        _("Progress in percent"), max_value=100, required=False, help_text=_("From 0 to 100; or give a milestone.")
    )
    milestone = fields.line(
        _("Milestone reached"), required=False, help_text=_("For instance: draft approved by the ministry.")
    )
    done_on = fields.day(
        _("Day of completion"), required=False, help_text=_("Only for what is completed. Like 30/06/2025.")
    )
    text_bn = fields.text(_("What was done, in Bangla"), required=False)
    text_en = fields.text(_("What was done, in English"), required=False)
    papers = SeveralFilesField(
        label=_("Evidence"), required=False, widget=SeveralFiles(attrs={
            "accept": KINDS, "data-choose": _("Choose files"), "data-none": _("No file chosen yet")}),
        help_text=_("PDF, picture, Excel, Word or CSV, at most 10 MiB each. Nothing counts as completed without it."),
    )  # fmt: skip
    papers_title = fields.line(_("What do the files show?"), required=False)
    keep_files = forms.BooleanField(label=_("Take the files of the version before along"), required=False)

    def __init__(self, *args: Any, ministries: list[Any], obligations: list[Any], before: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "ministry", ministries)
        offer(self, "claim", choices("plan_claim", ("progress", "completed", "stop")))
        if len(ministries) == 1:
            self.fields["ministry"].widget = forms.HiddenInput()
            self.fields["ministry"].initial = ministries[0][0]
        if len(obligations) > 1:
            offer(self, "obligation", [("", "–"), *obligations])
        else:
            del self.fields["obligation"]
        if not before:
            del self.fields["keep_files"]

    def saying(self) -> Saying:
        given = self.cleaned_data
        number = given.get("obligation")
        return Saying(
            given["claim"], given["percent"], given["milestone"], given["done_on"], given["text_bn"],
            given["text_en"], int(number) if number else None,
        )  # fmt: skip

    def given_files(self) -> list[File]:
        title = self.cleaned_data["papers_title"]
        # one more byte than allowed is enough for the action to say that it is too much
        return [File(file.name, file.read(MOST_BYTES + 1), title) for file in self.cleaned_data["papers"]]


class ReturnForm(forms.Form):
    reason = fields.text(
        _("Why does it go back?"), rows=2, help_text=_("The ministry reads this. Say what is missing or wrong.")
    )


class DependencyForm(forms.Form):
    needs = fields.line(_("Number of the item that comes first"), longest=20, help_text=_("Such as 2.1-01-03."))
    reason = fields.line(_("Why?"), longest=300, required=False)


class SheetForm(forms.Form):
    ministry = fields.pick(_("Ministry or division"), [])
    file = fields.file(_("The sheet"), kinds=".xlsx,.xls,.ods,.csv")

    def __init__(self, *args: Any, ministries: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "ministry", ministries)

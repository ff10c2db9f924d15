from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shohay.core.codi import WITHOUT, Answer
from shohay.stages.results.models_codi import LEVELS, CodiOption
from shohay.stages.results.queries_codi import PARTS, Field
from shohay.web.office import fields
from shohay.web.office.words import choices
from shohay.web.templatetags.shohay import digits, local


class OpenForm(forms.Form):
    """A new assessment."""

    level = fields.pick(_("What is assessed"), [])
    programme = fields.pick(
        _("Programme"), [], required=False, help_text=_("Only for the assessment of one programme.")
    )
    fiscal_year = fields.line(_("Fiscal year"), longest=7, help_text=_("For instance 2025-26."))
    scale = fields.radio(
        _("Scale"), [("4", _("Four levels (ISPA)")), ("3", _("Three levels (Bangladesh)"))], initial="4"
    )
    assessors = forms.MultipleChoiceField(
        label=_("Assessors"), widget=forms.CheckboxSelectMultiple, help_text=_("At least two, of different offices.")
    )

    def __init__(self, *args: Any, programmes: Any, assessors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own: dict[str, Any] = {**self.fields}
        own["level"].choices = choices("codi_level", LEVELS)
        own["programme"].choices = [("", "–"), *programmes]
        own["assessors"].choices = assessors


class InviteForm(forms.Form):
    username = fields.pick(_("Invite one more assessor"), [])

    def __init__(self, *args: Any, assessors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].choices = assessors  # type: ignore[attr-defined]  # a ChoiceField, typed as a Field


class AnswerForm(forms.Form):
    """A level of the field, or why there is none."""

    answer = fields.radio(_("Level"), [])

    def __init__(self, *args: Any, field: Field, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = [(str(n), f"{digits(n)}. {local(text)}") for n, text in enumerate(field.levels, start=1)]
        own: Any = self.fields["answer"]
        own.choices = [*levels, *choices("codi_without", WITHOUT)]

    def given(self) -> Answer:
        said = self.cleaned_data["answer"]
        return Answer(int(said)) if said.isdigit() else Answer(None, said)


class ScoreForm(AnswerForm):
    evidence = fields.text(
        _("Evidence"), rows=2, required=False, help_text=_("Which document, report or indicator, with page or link.")
    )
    comment = fields.text(_("Comment, or why there is no score"), rows=2, required=False)
    file = fields.file(_("File"), kinds=".pdf,.png,.jpg,.jpeg,.xlsx,.csv,.docx", required=False)


class AgreeForm(AnswerForm):
    reason = fields.text(
        _("Why this score"), rows=2, required=False, help_text=_("Needed unless all assessors said just this.")
    )


class OptionForm(forms.Form):
    what = fields.text(_("What should be done"), rows=2)
    owner = fields.pick(_("Who owns it"), [])
    priority = fields.pick(_("Priority"), [])
    actions = fields.line(
        _("Promises of the action plan"), required=False, help_text=_("Their numbers, for instance 2.1-15-01.")
    )

    def __init__(self, *args: Any, ministries: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own: dict[str, Any] = {**self.fields}
        own["owner"].choices = ministries
        own["priority"].choices = choices("codi_priority", CodiOption.Priority.values)


class WordingForm(forms.Form):
    part = fields.pick(_("Which part"), [])
    bn = fields.text(_("In Bangla"), rows=2)
    en = fields.text(_("In English"), rows=2)
    reason = fields.line(_("Why it is corrected"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part"].choices = choices("codi_part", PARTS)  # type: ignore[attr-defined]  # as above

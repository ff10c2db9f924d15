"""The forms of the lab: a new comparison, the frame of a scenario, the changes of a programme, a new programme."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shohay.core.messages import Refusal
from shohay.web.office import desk, fields
from shohay.web.parts.forms import BanglaDecimalField

LARGEST = 400 << 10  # bytes of a scenario file


def percent_field(label: Any, **rest: Any) -> BanglaDecimalField:
    return BanglaDecimalField(label=label, min_value=0, max_value=100, **rest)


class ManyFiles(forms.FileInput):
    """Several files in one field; the form reads them all, the field holds the last."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.get(name)


class NewForm(forms.Form):
    """A comparison of today's rules with what if, or scenarios out of files."""

    name = fields.line(gettext_lazy("Name of the comparison"))
    base = fields.radio(gettext_lazy("Simulate on"), [])
    on = fields.day(gettext_lazy("Rules of the day"))
    programmes = forms.MultipleChoiceField(
        label=gettext_lazy("Programmes"), widget=forms.CheckboxSelectMultiple, required=False
    )
    sent = forms.FileField(
        label=gettext_lazy("Or scenarios out of files (YAML, up to four)"), required=False,
        widget=ManyFiles(attrs={"accept": ".yaml,.yml", "multiple": True, "data-choose": gettext_lazy("Choose a file"),
                                "data-none": gettext_lazy("No file chosen yet")}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        files = self.files.getlist("sent") if hasattr(self.files, "getlist") else []
        given["texts"] = [self._text(one) for one in files]
        if not files and not given.get("programmes") and "programmes" not in self.errors:
            self.add_error("programmes", _("Choose at least one programme, or a file."))
        return given

    def _text(self, sent: Any) -> str:
        try:
            if sent.size > LARGEST:
                raise ValueError
            return str(sent.read().decode("utf-8-sig"))
        except (UnicodeDecodeError, ValueError):
            self.add_error("sent", _("%(name)s is not a text file with a scenario.") % {"name": sent.name})
            return ""


class StudyForm(forms.Form):
    """Name and base of a comparison."""

    name = fields.line(gettext_lazy("Name of the comparison"))
    base = fields.radio(gettext_lazy("Simulate on"), [])


class FrameForm(forms.Form):
    """What holds for all programmes of a scenario."""

    title_bn = fields.line(gettext_lazy("Title in Bangla"), longest=120)
    title_en = fields.line(gettext_lazy("Title in English"), longest=120)
    on = fields.day(gettext_lazy("Rules of the day"))
    years = fields.whole(gettext_lazy("Years to project"), max_value=20)
    take_up = percent_field(
        gettext_lazy("Take-up, %"), required=False,
        help_text=gettext_lazy("Of a hundred eligible, how many ask. Left empty, what each programme has stays."),
    )  # fmt: skip
    administration = percent_field(gettext_lazy("Administration, % of the transfers"))
    line = BanglaDecimalField(
        label=gettext_lazy("Poverty line, taka a person and month"), required=False, min_value=1, max_value=10**6,
        help_text=gettext_lazy("Left empty: the line of the survey, or the poorest part of the registry."),
    )  # fmt: skip
    programmes = forms.MultipleChoiceField(label=gettext_lazy("Programmes"), widget=forms.CheckboxSelectMultiple)


class NewProgrammeForm(forms.Form):
    """A benefit that does not exist yet, in few words; for more, a scenario file."""

    code = forms.RegexField(
        r"^[A-Z][A-Z0-9_]{1,19}$", label=gettext_lazy("Code (capital letters)"), max_length=20,
        error_messages={"invalid": gettext_lazy("Two to twenty capital letters and digits, such as CHILD.")},
    )  # fmt: skip
    title_bn = fields.line(gettext_lazy("Title in Bangla"), longest=120)
    title_en = fields.line(gettext_lazy("Title in English"), longest=120)
    unit = fields.radio(gettext_lazy("Given to"), [])
    must = fields.text(
        gettext_lazy("Who is eligible"), rows=3,
        help_text=gettext_lazy("One condition over the facts, such as: age <= 4 and pmt_score <= 400"),
    )  # fmt: skip
    amount = fields.whole(gettext_lazy("Amount, taka"), least=1, max_value=9_999_999)
    per = fields.pick(gettext_lazy("Every"), [])


def share(number: Decimal | None) -> float | None:
    """A share out of a percentage."""
    return None if number is None else float(number) / 100


def keep(form: forms.Form, name: str, action: Any) -> Any:
    """What ``action`` gives; a refusal becomes an error of the field ``name`` (None: of the form), and gives None."""
    try:
        return action()
    except Refusal as refusal:
        form.add_error(name or None, refusal.say(desk.language()))
        return None


def initial_of(scenario: Mapping[str, Any], codes: list[str]) -> dict[str, Any]:
    """What the frame's form begins with."""
    share_ = scenario.get("take_up", 1.0)
    return {
        "title_bn": scenario["title"]["bn"], "title_en": scenario["title"]["en"], "years": scenario.get("years", 5),
        "take_up": None if isinstance(share_, Mapping) else _tidy(share_ * 100),
        "administration": _tidy(scenario.get("administration", 0.0) * 100), "line": scenario.get("line"),
        "programmes": codes,
    }  # fmt: skip


def _tidy(number: float) -> str:
    return f"{number:.4g}"

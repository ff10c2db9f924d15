"""Forms of intake: a file with who read the privacy notice, the columns of a file, a household typed in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shohay.bulk.intake_template import Column, Template, load_template, template_names
from shohay.stages.accounts.officer import Officer
from shohay.stages.programmes import definitions
from shohay.web.office import desk, fields
from shohay.web.office.registry.record import areas_to_choose
from shohay.web.office.rights.forms import LANGUAGES
from shohay.web.office.words import choices
from shohay.web.parts import names
from shohay.web.parts.forms import offer

ORDER = ("household", "beneficiaries", "changes")
YES_NO = (("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")))
NUMBERS = ("int", "float", "digits", "area")


def titles() -> list[tuple[str, str]]:
    """The templates by their names in the reader's language."""
    found = [load_template(name) for name in ORDER if name in template_names()]
    return [(one.name, getattr(one, f"title_{desk.language()}")) for one in found]


class NoticeFields(forms.Form):
    """Who read the privacy notice out before the data were taken. Asked, never demanded: old files come without."""

    told_by = fields.line(gettext_lazy("Who read the privacy notice to the households"), longest=150, required=False)
    told_on = fields.day(gettext_lazy("When it was read"), required=False)
    told_in = fields.pick(
        gettext_lazy("In which language it was read"), lambda: choices("spoken", LANGUAGES), required=False
    )

    def clean(self) -> dict[str, Any]:
        """The name and the day belong together."""
        given = super().clean() or {}
        if given.get("told_by") and not given.get("told_on") and "told_on" not in self.errors:
            self.add_error("told_on", _("Say when it was read."))
        if given.get("told_on") and not given.get("told_by"):
            self.add_error("told_by", _("Say who read it."))
        return given


class UploadForm(NoticeFields):
    """A file, what it is, and where it is from."""

    file = fields.file(
        gettext_lazy("File"), kinds=".csv,.xlsx,.parquet,.json,.zip",
        help_text=gettext_lazy("CSV, XLSX or Parquet; of ODK and Kobo also JSON and ZIP."),
    )  # fmt: skip
    template = fields.pick(gettext_lazy("What the file holds"), titles)
    area = fields.pick(gettext_lazy("Area"), [])
    field_order = ("template", "file", "area", "told_by", "told_on", "told_in")

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        """``areas`` are those of the officer; who has one only is not asked."""
        super().__init__(*args, **kwargs)
        self.fields["template"].required = False  # a household file where nothing is said
        if len(areas) > 1:
            offer(self, "area", areas)
        else:
            del self.fields["area"]


class MappingForm(forms.Form):
    """One choice a heading of the file: which column of the template it is, or none."""

    def __init__(self, *args: Any, template: Template, headings: list[str], guesses: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [("", _("Leave this column out")), *((c.code, _marked(c)) for c in template.columns)]
        for place, heading in enumerate(headings):
            self.fields[f"column_{place}"] = fields.pick(
                heading or _("Column without a heading"), offered, required=False, initial=guesses[place]
            )

    def columns(self) -> list[str]:
        return [self.cleaned_data[name] for name in self.fields]


def _marked(column: Column) -> str:
    title = str(getattr(column, desk.language()))
    return f"{title} *" if column.required else title


class PartForm(forms.Form):
    """The household part of a draft, or one member: fields made from the template. The rules of a file judge them."""

    def __init__(self, *args: Any, columns: list[Column], officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for column in columns:
            self.fields[column.code] = _field(column, officer)

    def typed(self) -> dict[str, str]:
        """What stands in the fields, as text."""
        typed = {}
        for name, field in self.fields.items():
            if isinstance(field, forms.MultipleChoiceField) and isinstance(self.data, QueryDict):
                given = self.data.getlist(name)
            else:
                given = [self.data.get(name, "")]
            typed[name] = ";".join(given).strip()
        return {name: text for name, text in typed.items() if text}


def _field(column: Column, officer: Officer) -> forms.Field:
    language = desk.language()
    label, help_text = _marked(column), getattr(column, f"help_{language}")
    if column.code == "union_code" and (unions := [one for one in areas_to_choose(officer) if len(one[0]) == 8]):
        return fields.pick(label, [("", "–"), *unions], required=column.required)
    if column.kind == "codes":
        offered = [(one.code, names.programme(one.code, language)) for one in definitions.published()]
        widget = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(label=label, choices=offered, required=False, widget=widget)
    if column.kind == "bool":
        return fields.pick(label, [("", _("Not known")), *YES_NO], required=False)
    if column.values:
        words = [(code, _value(code, spellings, language)) for code, spellings in column.values.items()]
        return fields.pick(label, [("", "–"), *words], required=column.required)
    field = forms.CharField(label=label, required=column.required, help_text=help_text, strip=True)
    if column.kind in NUMBERS or column.kind == "date":
        field.widget.attrs["inputmode"] = "decimal" if column.kind == "float" else "numeric"
    return field


def _value(code: str, spellings: list[str], language: str) -> str:
    if language == "bn":
        return spellings[0] if spellings else code
    named = {"nid10": "NID, 10 digits", "nid13": "NID, 13 digits", "nid17": "NID, 17 digits",
             "brn17": "Birth registration, 17 digits", "mfs": "Mobile wallet"}  # fmt: skip
    return named.get(code, code.replace("_", " ").capitalize())

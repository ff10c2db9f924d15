"""The forms of the editor of a definition: one for the head of each part, one for a row of each list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shohay.core.definition_words import CODES
from shohay.web.office import desk, fields
from shohay.web.parts.forms import BanglaDecimalField

MOST_ROWS = 60


def choices(*codes: str) -> Any:
    """Codes with their words, in the language of the request."""
    return lambda: [(code, CODES[code].in_language(desk.language())) for code in codes]


def code_pick(label: Any, *codes: str, **rest: Any) -> forms.ChoiceField:
    return fields.pick(label, choices(*codes), initial=codes[0], **rest)


def short(label: Any, longest: int = 300, *, known: str = "", required: bool = False, **rest: Any) -> forms.CharField:
    """One line; ``known`` names the list of what may be completed (facts, parameters, programmes)."""
    attrs = {"list": f"known-{known}", "autocomplete": "off"} if known else {}
    return forms.CharField(
        label=label, max_length=longest, required=required, widget=forms.TextInput(attrs=attrs), **rest
    )


class AboutForm(forms.Form):
    """Names, days and what the ages are counted on."""

    title_bn = short(_("Name in Bangla"), 200, required=True)
    title_en = short(_("Name in English"), 200, required=True)
    first = fields.day(_("Valid from"), help_text=_("For instance 1/7/2027. The version before ends the day before."))
    last = fields.day(_("Valid to"), required=False, help_text=_("Empty: until a newer version begins."))
    reference = code_pick(_("Day on which ages are counted"), "fiscal_year", "day")
    reference_day = fields.day(_("Or on this fixed day"), required=False)
    note = fields.text(_("Note"), rows=2, required=False)
    granted = short(_("Letter when granted"), 60)
    refused = short(_("Letter when refused"), 60)
    stopped = short(_("Letter when stopped"), 60)


class LegalForm(forms.Form):
    source = short(_("Order, gazette or page, with its day"), 500, required=True)
    kind = code_pick(_("What it settles"), "rule", "rate", "number", "budget")
    confidence = code_pick(_("How far it is to be trusted"), "high", "medium", "low")
    note = short(_("Note"), 500)


class ParameterForm(forms.Form):
    name = forms.RegexField(
        label=_("Name"), regex=r"^[a-z][a-z0-9_]{0,39}$", help_text=_("Small Latin letters: age_men"),
        error_messages={"invalid": _("Small Latin letters, digits and _ only, a letter first.")},
    )  # fmt: skip
    value = short(_("Value"), 60, required=True, help_text=_("A number, true, false or a word"))
    unit = short(_("Unit"), 40)
    note = short(_("Note"), 300)


class PaymentForm(forms.Form):
    rhythm = code_pick(_("Paid"), "monthly", "quarterly", "half_yearly", "yearly", "weekly", "event")
    due = short(_("Days of payment"), 200, help_text=_("Month and day with commas: 10-15, 01-15"))
    channels = short(_("Channels"), 200, help_text=_("With commas: mfs, bank, agent_bank"))
    verify = short(_("Verified before paying"), 200, help_text=_("With commas: nid, alive"))


class BenefitForm(forms.Form):
    id = forms.RegexField(label=_("Name of the line"), regex=r"^[a-z][a-z0-9_]{0,39}$", initial="regular")
    kind = fields.pick(_("Kind"), [("cash", _("Cash")), ("in_kind", _("Goods"))], initial="cash")
    amount = short(_("Amount in taka, or a figure"), 40, known="parameters")
    quantity = BanglaDecimalField(label=_("Quantity of goods"), required=False, min_value=0)
    unit = short(_("Unit of the goods"), 40, help_text=_("kg and what: kg rice"))
    price = short(_("Price for one unit, or a figure"), 40, known="parameters")
    per = code_pick(_("How often"), "month", "quarter", "half_year", "year", "day", "event")
    of = code_pick(_("For whom"), "person", "household")
    where = short(_("Only where"), 500, help_text=_("school_class: 1-5; sex: female; is_disabled: true"))
    times = short(_("Times a fact"), 60, known="facts")
    months = short(_("Months"), 60, help_text=_("Numbers 1 to 12 with commas; empty: all"))
    days = fields.whole(_("Days"), required=False)
    text_bn = short(_("Text in Bangla"), 300)
    text_en = short(_("Text in English"), 300)


class SelectionForm(forms.Form):
    select_from = code_pick(_("Chosen"), "applicants", "registry")
    payee = code_pick(_("Paid to"), "self", "woman", "head")
    one_per_household = forms.BooleanField(label=_("One member of a household only"), required=False)
    quota_by = code_pick(_("Places are counted"), "upazila", "union", "none")
    women_share = BanglaDecimalField(
        label=_("At least so many women (percent)"), required=False, min_value=0, max_value=100
    )
    universal_where = short(_("No quota where this holds"), 500, known="facts", help_text=_("An expression on areas"))
    quota_note = short(_("Note"), 500)


class OrderForm(forms.Form):
    by = short(_("Fact or expression, or lot"), 500, known="facts", required=True)
    order = code_pick(_("Direction"), "desc", "asc")


class CompatibleForm(forms.Form):
    default = code_pick(_("All programmes not named below"), "forbidden", "allowed")
    scope = code_pick(_("Counted over"), "person", "household")
    reason_bn = short(_("Reason told to the citizen, in Bangla"), 400, required=True)
    reason_en = short(_("Reason told to the citizen, in English"), 400, required=True)


class WithForm(forms.Form):
    code = short(_("Programme"), 20, known="programmes", required=True)
    rule = code_pick(_("Rule"), "allowed", "forbidden")


class EndForm(forms.Form):
    on = short(_("What ends it"), 60, known="ends", required=True)
    from_ = code_pick(_("From when"), "next_month", "same_day", "next_period")
    after = short(_("After"), 60)


class MoveForm(forms.Form):
    from_ = short(_("From programme"), 20, known="programmes", required=True)
    when = short(_("When this holds"), 1000, known="facts", required=True)


def rows_of(form: type[forms.Form], *, ordered: bool) -> Any:
    """The set of rows of a list, with an empty one to fill in."""
    return forms.formset_factory(
        form,
        extra=2,
        can_delete=True,
        can_order=ordered,
        max_num=MOST_ROWS,
        validate_max=True,
        absolute_max=MOST_ROWS + 20,
    )


# ------------------------------------------------------------------------------------------------ one criterion


class CriterionForm(forms.Form):
    """A condition: its expression and its sentence, with a small form that makes the expression from a fact."""

    id = forms.RegexField(
        label=_("Short name"), regex=r"^[a-z][a-z0-9_]{0,39}$", help_text=_("Small Latin letters: age, income"),
        error_messages={"invalid": _("Small Latin letters, digits and _ only, a letter first.")},
    )  # fmt: skip
    must = forms.CharField(
        label=_("Expression"), max_length=20_000, required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocapitalize": "none", "class": "mono"}),
        help_text=_("Facts by name, figures as :name, and or not, between, in, at_least(2, a, b, c)."),
    )  # fmt: skip
    text_bn = fields.text(_("Sentence in Bangla"), rows=2, required=False)
    text_en = fields.text(_("Sentence in English"), rows=2, required=False)

    def criterion(self) -> dict[str, Any]:
        """The criterion as the document has it."""
        given = self.cleaned_data
        text = {"bn": given["text_bn"].strip(), "en": given["text_en"].strip()}
        return {"id": given["id"], "must": " ".join(given["must"].split()), "text": text}


class BuilderForm(forms.Form):
    """A fact compared with a value; the button writes the expression."""

    fact = fields.pick(_("Fact"), [], required=False)
    comparison = fields.pick(_("Comparison"), [], required=False)
    value = short(
        _("Value"), 200, known="parameters", help_text=_("A number, a word of the fact, or :name of a figure")
    )
    second = short(_("Second value (between)"), 60, known="parameters")
    join = fields.pick(
        _("Put it"),
        [("replace", _("in place of the expression")), ("and", _("after it with and")), ("or", _("after it with or"))],
        required=False,
    )


class FileForm(forms.Form):
    file = fields.file(_("Definition, YAML"), kinds=".yaml,.yml")


class NewForm(forms.Form):
    programme = fields.pick(_("Programme without rules"), [])
    unit = fields.pick(_("For whom"), [("person", _("Persons")), ("household", _("Households"))])
    first = fields.day(_("Valid from"))


class CasesForm(forms.Form):
    cases = forms.CharField(
        label=_("Own cases"), max_length=100_000, required=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "class": "mono"}),
        help_text=_("In the form of a cases.yaml: a day, what all are given, and one line a case."),
    )  # fmt: skip

"""Forms of poverty scores: a document sent in, a score to train, a day from which one is in force, two snapshots."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shohay.bulk.training_choice import USUAL, offered
from shohay.core.facts import FACTS
from shohay.web.office import fields
from shohay.web.parts.forms import offer
from shohay.web.templatetags.shohay import language

LARGEST = 256 << 10  # bytes of a document


class InstallForm(forms.Form):
    """A formula as a file or typed in."""

    file = fields.file(gettext_lazy("The formula as a file"), kinds=".yaml,.yml", required=False)
    text = forms.CharField(
        label=gettext_lazy("Or typed in"), max_length=LARGEST, widget=forms.Textarea(attrs={"rows": 12}), required=False
    )
    note = fields.line(gettext_lazy("Where it comes from and why"), longest=500, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        sent = given.get("file")
        if sent is not None:
            try:
                if sent.size > LARGEST:
                    raise ValueError
                given["text"] = str(sent.read().decode("utf-8-sig"))
            except (UnicodeDecodeError, ValueError):
                self.add_error("file", _("This is not a text file with a formula."))
        elif not (given.get("text") or "").strip():
            self.add_error("text", _("Choose a file or type the formula in."))
        return given


class TrainForm(forms.Form):
    """What a score is made from, of which facts, for how many people."""

    base = fields.pick(gettext_lazy("Survey"), [])
    title_bn = fields.line(gettext_lazy("Title in Bangla"), longest=150)
    title_en = fields.line(gettext_lazy("Title in English"), longest=150)
    code = forms.RegexField(
        r"^[a-z][a-z0-9_]{2,39}$", label=gettext_lazy("Code"),
        help_text=gettext_lazy("Small Latin letters, digits and _, such as pmt_2026."),
    )  # fmt: skip
    candidates = forms.MultipleChoiceField(
        label=gettext_lazy("Facts that it may be made of"), widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("What a visitor can see, or is told without papers, is harder to hide."),
    )  # fmt: skip
    choose = fields.radio(gettext_lazy("Which of them are taken"), [])
    areas = fields.pick(gettext_lazy("Sub-models"), [])
    method = fields.pick(gettext_lazy("Method"), [])
    share = fields.whole(
        gettext_lazy("Percent of people whom it is to find"), least=1, max_value=99, initial=20,
        help_text=gettext_lazy("The cut-off that errors are told for; others are in the model card too."),
    )  # fmt: skip
    valid_months = fields.whole(gettext_lazy("Months that a score counts"), least=1, max_value=240, initial=36)
    compare = fields.radio(
        gettext_lazy("Compare with quantile regression and gradient boosting"), [], initial="yes",
        help_text=gettext_lazy("Takes a minute longer; the formula stays the same."),
    )  # fmt: skip
    seed = fields.whole(gettext_lazy("Seed"), least=0, max_value=2**31 - 1, initial=1)

    def __init__(self, bases: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        texts = [(name, FACTS[name].text.in_language(language())) for name in offered()]
        offer(self, "base", bases)
        offer(self, "candidates", texts)
        self.fields["candidates"].initial = list(USUAL)
        offer(self, "choose", [
            ("given", _("All that are ticked")), ("stepwise", _("Those that help, one after the other")),
        ])  # fmt: skip
        self.fields["choose"].initial = "given"
        offer(self, "compare", [("yes", _("yes")), ("no", _("no"))])
        offer(self, "areas", [
            ("each", _("Villages, municipal towns and city corporations")),
            ("two", _("Villages, and towns and cities")), ("one", _("One model for all")),
        ])  # fmt: skip
        offer(self, "method", [
            ("wls", _("Weighted least squares")), ("quantile", _("Quantile regression (the median)")),
        ])  # fmt: skip


class ActivateForm(forms.Form):
    on = fields.day(gettext_lazy("In force from"))


class DriftForm(forms.Form):
    """Which formula, between which snapshots."""

    version = fields.pick(gettext_lazy("Formula"), [])
    before = fields.pick(gettext_lazy("Earlier snapshot"), [])
    after = fields.pick(gettext_lazy("Later snapshot"), [])

    def __init__(
        self, versions: list[tuple[str, str]], snapshots: list[tuple[str, str]], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "version", versions)
        offer(self, "before", snapshots[::-1])
        offer(self, "after", snapshots)

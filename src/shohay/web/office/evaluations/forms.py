from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shohay.stages.programmes.models import Programme
from shohay.stages.results.models_evaluations import Evaluation, Finding
from shohay.web.office import desk, fields
from shohay.web.office.committees.forms import FILES, ministries
from shohay.web.office.words import choices
from shohay.web.parts.forms import offer


def programmes(empty: str = "–") -> list[tuple[str, str]]:
    """Programmes of the list in its order."""
    at = desk.language() == "en"
    rows = Programme.objects.order_by("order").values_list("code", "name_bn", "name_en")
    return [("", empty), *((code, en if at else bn) for code, bn, en in rows)]


class EvaluationForm(forms.Form):
    kind = fields.pick(_("Kind of evaluation"), lambda: choices("evaluation_kind", Evaluation.Kind.values))
    title_bn = fields.line(_("Title, in Bangla"), longest=250)
    title_en = fields.line(_("Title, in English"), longest=250, required=False)
    programme = fields.pick(_("Programme"), [], required=False)
    ministry = fields.pick(
        _("Ministry or division"), [], required=False, help_text=_("Leave both empty for the whole system.")
    )
    evaluator = fields.line(_("Who evaluates"), longest=250, required=False)
    commissioned_by = fields.line(_("Commissioned by"), longest=250, required=False)
    method = fields.text(_("Method"), rows=3, required=False)
    starts_on = fields.day(_("Begins"), required=False)
    ends_on = fields.day(_("Ends"), required=False)
    questions = fields.text(_("Questions"), rows=5, required=False, help_text=_("One question a line."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "programme", programmes())
        offer(self, "ministry", ministries(empty="–"))


class QuestionsForm(forms.Form):
    questions = fields.text(_("Questions"), rows=6, required=False, help_text=_("One question a line."))


class ReportForm(forms.Form):
    title = fields.line(_("What the file is"), help_text=_("For instance: final report, terms of reference."))
    paper = fields.file(_("File"), kinds=FILES, help_text=_("PDF, picture, Excel, Word or CSV, at most 10 MiB."))


class CompleteForm(forms.Form):
    on = fields.day(_("Day of the report"))


class CancelForm(forms.Form):
    reason = fields.line(_("Why it is cancelled"), longest=400)


class FindingForm(forms.Form):
    text = fields.text(_("What was found"), rows=3)
    question = fields.pick(_("To which question"), [], required=False)
    strength = fields.radio(_("How strong is the evidence"), lambda: choices("strength", Finding.Strength.values))

    def __init__(self, *args: Any, questions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "question", [("", "–"), *questions])


class RecommendationForm(forms.Form):
    text = fields.text(_("What is recommended"), rows=3)
    ministry = fields.pick(_("Ministry that answers for it"), [], required=False)
    office = fields.line(_("Or the office"), required=False, help_text=_("Where no ministry owns it."))
    due_on = fields.day(_("To be done by"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "ministry", ministries(empty="–"))


class RespondForm(forms.Form):
    response = fields.radio(_("Management response"), lambda: choices("response", ["accepted", "partly", "rejected"]))
    text = fields.text(
        _("Why, and what will be done"), rows=3, required=False,
        help_text=_("A reason is needed unless the recommendation is accepted as it stands."),
    )  # fmt: skip


class FrameworkForm(forms.Form):
    programme = fields.pick(_("Programme"), [])
    approved_on = fields.day(_("Approved on"))
    paper = fields.file(_("The approved framework"), kinds=FILES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "programme", programmes())

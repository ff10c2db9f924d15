from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shohay.core.bangla import to_latin_digits
from shohay.stages.coordination.models_committees import Seat
from shohay.stages.coordination.models_performance import Training
from shohay.stages.places import queries as places
from shohay.stages.programmes.models import Ministry
from shohay.stages.results.models import Indicator
from shohay.web.office import desk, fields
from shohay.web.office.words import choices
from shohay.web.parts.forms import BanglaDecimalField, offer

FILES = ".pdf,.png,.jpg,.jpeg,.xlsx,.csv,.docx"


def ministries(*, empty: Any, only: tuple[str, ...] = ("",)) -> list[tuple[str, str]]:
    """Ministries in the order of the plan; ``only`` some codes ('' = all); ``empty`` words of choosing none."""
    language = desk.language()
    rows = Ministry.objects.order_by("order")
    if "" not in only:
        rows = rows.filter(pk__in=only)
    named = [(row.pk, row.name_en if language == "en" else row.name_bn) for row in rows]
    return [("", empty), *named] if empty else named


def ministry(code: str) -> Ministry | None:
    return Ministry.objects.filter(pk=code).first() if code else None


class BanglaTimeField(forms.TimeField):
    """10:30 in digits of either script."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        return super().to_python(to_latin_digits(value.strip()) if isinstance(value, str) else value)


class CallForm(forms.Form):
    """A meeting: when, where, what about."""

    meets_on = fields.day(_("Day of the meeting"))
    begins_at = BanglaTimeField(label=_("Begins at"), required=False, help_text=_("Hour and minutes, such as 10:30."))
    place = fields.line(_("Place"), required=False)
    agenda = fields.text(_("Agenda"), rows=5, help_text=_("One item a line."))
    short_reason = fields.line(
        _("Why the notice is short, or comes afterwards"), longest=400, required=False,
        help_text=_("Only where the meeting is nearer than the notice that is due, or has taken place."),
    )  # fmt: skip


class MoveForm(forms.Form):
    meets_on = fields.day(_("New day"))
    reason = fields.line(_("Why it is moved"), longest=400)


class CancelForm(forms.Form):
    reason = fields.line(_("Why it is called off"), longest=400)


class AgendaForm(forms.Form):
    agenda = fields.text(_("Agenda"), rows=6, help_text=_("One item a line."))


class PaperForm(forms.Form):
    title = fields.line(_("What the paper is"), help_text=_("For instance: working paper on item 2."))
    paper = fields.file(_("File"), kinds=FILES, help_text=_("PDF, picture, Excel, Word or CSV, at most 10 MiB."))


class MinutesForm(forms.Form):
    minutes = fields.text(
        _("Minutes"),
        rows=10,
        help_text=_("What was discussed, item by item. Each decision is written down by itself."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["minutes"].max_length = 40_000  # type: ignore[attr-defined]  # a CharField, typed as a Field
        self.fields["minutes"].validators = []


class DecisionForm(forms.Form):
    text = fields.text(_("What was decided"), rows=3)
    ministry = fields.pick(_("Ministry that carries it out"), [], required=False)
    office = fields.line(_("Or the office"), required=False, help_text=_("Where no ministry owns it."))
    due_on = fields.day(_("To be done by"), required=False, help_text=_("Leave empty what holds from now on."))
    items = fields.line(
        _("Items of the action plan"),
        required=False,
        help_text=_("Their numbers, such as 2.1-01-01 or of a cluster FSC-09-1, comma between."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "ministry", ministries(empty="–"))


class FollowForm(forms.Form):
    """What was done, with a file that shows it."""

    note = fields.text(_("What was done"), rows=3)
    title = fields.line(_("What the file shows"), required=False)
    paper = fields.file(_("File"), kinds=FILES, required=False, help_text=_("PDF, picture, Excel, Word or CSV."))
    done = fields.radio(
        _("How far is it?"),
        [("no", _("Under way")), ("yes", _("Carried out: another officer checks the file that shows it"))],
        initial="no",
    )


class CheckForm(forms.Form):
    note = fields.text(_("What you found"), rows=2)
    answer = fields.radio(
        _("Does the evidence show it?"),
        [("close", _("Yes: close the decision")), ("return", _("No: back to the owner"))],
    )


class WithdrawForm(forms.Form):
    reason = fields.line(
        _("Why it no longer binds"), longest=400, help_text=_("Name the meeting that decided otherwise.")
    )


class SeatForm(forms.Form):
    seat = fields.pick(_("Seat"), lambda: choices("seat", Seat.values))
    office_bn = fields.line(_("Office, in Bangla"))
    office_en = fields.line(_("Office, in English"), required=False)
    ministry = fields.pick(_("Ministry or division"), [], required=False)
    person = fields.line(_("Who holds the office"), longest=150, required=False)
    valid_from = fields.day(_("From"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "ministry", ministries(empty="–"))


class EndSeatForm(forms.Form):
    on = fields.day(_("First day without the seat"))


class ItemForm(forms.Form):
    """An item of a performance agreement."""

    ministry = fields.pick(_("Ministry or division"), [])
    fiscal_year = fields.line(_("Fiscal year"), longest=7, help_text=_("Such as 2026-27."))
    title = fields.line(_("What is to be achieved"), longest=300)
    unit = fields.line(_("Unit"), longest=60, help_text=_("Per cent, number, date ..."))
    direction = fields.radio(_("Which is better"), lambda: choices("direction", ["up", "down"]), initial="up")
    target = BanglaDecimalField(label=_("Target"), max_digits=18, decimal_places=4)
    weight = BanglaDecimalField(
        label=_("Weight of 100"), max_digits=5, decimal_places=2,
        help_text=_("The weights of a ministry add up to at most 100 in a year."),
    )  # fmt: skip
    action = fields.line(_("Item of the action plan"), longest=20, required=False, help_text=_("Such as 2.1-01-01."))
    indicator = fields.pick(_("Indicator"), [], required=False)

    def __init__(self, *args: Any, only: tuple[str, ...] = ("",), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "ministry", ministries(empty="", only=only))
        at = desk.language() == "en"
        rows = Indicator.objects.order_by("code").values_list("code", "name_bn", "name_en")
        offer(self, "indicator", [("", "–"), *((code, f"{code} · {en if at else bn}") for code, bn, en in rows)])


class AchievedForm(forms.Form):
    achieved = BanglaDecimalField(label=_("Achieved"), max_digits=18, decimal_places=4)
    note = fields.text(_("How it was measured"), rows=2, required=False)
    paper = fields.file(_("File that shows it"), kinds=FILES, required=False)


class TrainingForm(forms.Form):
    audience = fields.pick(_("For whom"), lambda: choices("audience", Training.Audience.values))
    topic = fields.pick(_("On what"), lambda: choices("topic", Training.Topic.values))
    title = fields.line(_("Title"))
    first_day = fields.day(_("First day"))
    last_day = fields.day(_("Last day"))
    women = fields.whole(_("Women who came"))
    men = fields.whole(_("Men who came"))
    districts = forms.MultipleChoiceField(
        label=_("Districts"), required=False, widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("Hold Ctrl to choose several."),
    )  # fmt: skip
    ministry = fields.pick(_("Given by"), [], required=False)
    place = fields.line(_("Place"), required=False)
    paper = fields.file(_("List of those who came"), kinds=FILES, required=False)

    def __init__(self, *args: Any, areas: tuple[str, ...], only: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = [code for code in districts() if any(code.startswith(area) for area in areas)]
        language = desk.language()
        offer(self, "districts", sorted(((code, places.name_of(code, language)) for code in mine), key=lambda d: d[1]))
        offer(self, "ministry", ministries(empty="–" if "" in only else "", only=only))


def districts() -> list[str]:
    return [code for division in places.children("") for code in places.children(division)]

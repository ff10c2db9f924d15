"""The form of an allocation: what of the document a screen can ask, and the document that it makes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shohay.core.allocation import MEASURED, Document
from shohay.core.facts import FACTS
from shohay.web.office import fields
from shohay.web.office.targeting.forms import MOST_PLACES
from shohay.web.parts.forms import BanglaDecimalField, offer
from shohay.web.templatetags.shohay import digits, language

WEIGHTS = 3  # factors that the form offers; a document may have six
STARTS = {"weight_1": "persons", "power_1": "1", "weight_2": "poverty_rate", "power_2": "1", "areas": "registry",
          "missing": "parent", "surplus": "keep", "share_of": "eligible"}  # fmt: skip


def weighing() -> list[tuple[str, str]]:
    """What may weigh areas: people and eligible people, then the numbers and yes/no facts of areas."""
    own = [
        ("", str(_("– none –"))),
        ("persons", str(_("People in the registry"))),
        ("eligible", str(_("Eligible people of the last run"))),
    ]
    facts = [(fact.name, fact.text.in_language(language())) for fact in FACTS.values()
             if fact.level == "area" and fact.kind in ("number", "bool")]  # fmt: skip
    return [*own, *facts]


def power(label: Any) -> BanglaDecimalField:
    return BanglaDecimalField(label=label, required=False, min_value=-5, max_value=100, decimal_places=3)


class AllocationForm(forms.Form):
    """Programme, year, places, weights, floors and ceilings."""

    programme = fields.pick(_("Programme"), [])
    year = fields.pick(_("Fiscal year"), [])
    quota = fields.whole(
        _("Places in all"), required=False, max_value=MOST_PLACES,
        help_text=_("Empty: the published national number, scaled to the people of these areas."),
    )  # fmt: skip
    areas = fields.radio(_("Areas"), [
        ("registry", _("Where the registry holds people")), ("all", _("Every upazila and city corporation")),
    ])  # fmt: skip
    weight_1 = fields.pick(_("Weight"), [])
    power_1 = power(_("Exponent or factor"))
    weight_2 = fields.pick(_("times"), [], required=False)
    power_2 = power(_("Exponent or factor"))
    weight_3 = fields.pick(_("times"), [], required=False)
    power_3 = power(_("Exponent or factor"))
    floor = fields.whole(_("At least, in each area"), required=False, max_value=MOST_PLACES)
    ceiling = fields.whole(_("At most, in each area"), required=False, max_value=MOST_PLACES)
    floor_share = BanglaDecimalField(label=_("At least, percent"), required=False, min_value=0, max_value=100)
    ceiling_share = BanglaDecimalField(label=_("At most, percent"), required=False, min_value=0, max_value=100)
    share_of = fields.pick(_("Percent of"), [
        ("eligible", _("the eligible people")), ("persons", _("the people in the registry")),
        ("population", _("the population")), ("quota", _("the whole quota")),
    ])  # fmt: skip
    held_out = fields.line(
        _("Held out"), required=False, longest=400,
        help_text=_("Codes of areas that get nothing, or code=number for a fixed number: 302620, 554908=500."),
    )  # fmt: skip
    universal = forms.BooleanField(
        label=_("Upazilas where everyone eligible is covered stand aside with all their eligible"), required=False
    )
    missing = fields.radio(_("Where an area has no figure of its own"), [
        ("parent", _("take that of the district or division, and say so")), ("refuse", _("refuse")),
    ])  # fmt: skip
    surplus = fields.radio(_("Where an area gets more places than it has eligible people"), [
        ("keep", _("leave them and warn")), ("redistribute", _("share the surplus out again")),
    ])  # fmt: skip

    def __init__(self, *args: Any, programmes: list[tuple[str, str]], years: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "programme", programmes)
        offer(self, "year", [(year, digits(year)) for year in years])
        for number in range(1, WEIGHTS + 1):
            offer(self, f"weight_{number}", weighing()[number == 1 :])

    def document(self) -> Document:
        """The document of a form that holds; raises Refusal('allocation_*')."""
        given = self.cleaned_data
        names = dict(self.fields["programme"].choices)  # type: ignore[attr-defined]  # a choice field
        title = str(names.get(given["programme"], given["programme"]))
        return Document.made({
            "title": {"bn": title, "en": title}, "programme": given["programme"], "fiscal_year": given["year"],
            "quota": "scaled" if given["quota"] is None else given["quota"], "areas": given["areas"],
            "weights": list(_weights(given)), "missing": given["missing"], "surplus": given["surplus"],
            "floor": _bound(given, "floor"), "ceiling": _bound(given, "ceiling"),
            "held_out": _held_out(given["held_out"]), "universal_fact": "oaa_universal" if given["universal"] else None,
        })  # fmt: skip


def _weights(given: Mapping[str, Any]) -> Any:
    for number in range(1, WEIGHTS + 1):
        name, power = given[f"weight_{number}"], given[f"power_{number}"]
        if name:
            is_factor = name not in MEASURED and FACTS[name].kind == "bool"
            kind = "factor" if is_factor else "exponent"
            yield {"fact": name, kind: power if power is not None else (2 if is_factor else 1)}


def _bound(given: Mapping[str, Any], name: str) -> dict[str, Any] | None:
    places, percent = given[name], given[f"{name}_share"]
    if places is None and percent is None:
        return None
    return {"places": places, "share": None if percent is None else percent / 100, "of": given["share_of"]}


def _held_out(text: str) -> dict[str, str]:
    """'302620, 554908=500' as {code: places}; what is no code or number is refused by the document."""
    pairs = [part.partition("=") for part in text.replace(",", " ").split()]
    return {code.strip(): places.strip() or "0" for code, _equals, places in pairs}

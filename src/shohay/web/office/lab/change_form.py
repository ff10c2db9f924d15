"""The form of what if: every parameter, condition, amount and quota of a programme, made from its definition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from shohay.core.definition import Benefit, Version
from shohay.stages.places import queries as places
from shohay.web.office import fields
from shohay.web.office.lab import documents
from shohay.web.office.lab.documents import Rules
from shohay.web.office.lab.forms import percent_field, share
from shohay.web.office.words import choices, say
from shohay.web.parts.forms import BanglaDecimalField
from shohay.web.templatetags.shohay import language

PER = ("month", "quarter", "half_year", "year")
QUOTA = ("as_is", "none", "places")


class ChangeForm(forms.Form):
    """Fields p_<parameter>, c_<condition>, d_<condition> (drop), b_<line of the benefit>; empty = as it is."""

    def __init__(self, rules: Rules, entry: Mapping[str, Any], take_up: float, drafts: list[tuple[str, str]],
                 data: Any = None) -> None:  # fmt: skip
        super().__init__(data, label_suffix="")
        self.version, self.entry = rules.version, entry
        change = entry.get("change") or {}
        if drafts:
            named = [(code, _("draft %(hash)s") % {"hash": name}) for code, name in drafts]
            offered, now = [("", _("as published")), *named], entry.get("draft") or ""
            self.fields["draft"] = fields.pick(_("Rules"), offered, required=False, initial=now)
        self._parameters(change)
        self._places(change)
        self._benefit(change)
        self._criteria(change)
        self.fields["take_up"] = percent_field(_("Take-up, %"), initial=f"{take_up * 100:.4g}")

    # -------------------------------------------------------------------------------------------- fields

    def _parameters(self, change: Mapping[str, Any]) -> None:
        changed = change.get("parameters") or {}
        for name, parameter in self.version.parameters.items():
            value = changed.get(name, parameter.value)
            unit = f", {say('unit', parameter.unit)}" if parameter.unit else ""
            label = f"{say('parameter', name)}{unit}"
            help_text = _("Now %(value)s") % {"value": documents.value_in_words(parameter.value, parameter.unit)}
            if isinstance(parameter.value, bool):
                field: forms.Field = forms.BooleanField(label=label, required=False, initial=value)
            elif isinstance(parameter.value, str):
                field = fields.line(label, initial=value, help_text=help_text)
            else:
                field = BanglaDecimalField(label=label, initial=_bare(value), help_text=help_text, max_digits=12)
                field.widget.attrs.update(_slider(float(parameter.value), parameter.unit))
            self.fields[f"p_{name}"] = field

    def _places(self, change: Mapping[str, Any]) -> None:
        state = "places" if change.get("places") is not None else "none" if change.get("quota") == "none" else "as_is"
        self.fields["quota"] = fields.radio(_("Quota"), choices("lab_quota", QUOTA), initial=state)
        self.fields["places"] = fields.whole(
            _("Places in all"), required=False, initial=change.get("places"), max_value=10**9,
            help_text=_("Shared among the upazilas by their eligible people. Only with “so many places”."),
        )  # fmt: skip
        self.fields["universal_in"] = forms.MultipleChoiceField(
            label=_("Everyone eligible in these upazilas"), choices=upazilas(), required=False,
            initial=list(change.get("universal_in") or ()), widget=forms.SelectMultiple(attrs={"size": 8}),
            help_text=_("Several with the Ctrl key. They are added to the upazilas of the rules."),
        )  # fmt: skip

    def _benefit(self, change: Mapping[str, Any]) -> None:
        lines = {line.id: line for line in _lines(self.version, change)}
        for line in self.version.benefit:
            if line.kind == "cash" and isinstance(line.amount, int):
                now = lines.get(line.id)
                field = fields.whole(
                    _("Amount, taka: %(what)s") % {"what": documents.benefit_in_words(self.version, line)}, least=1,
                    initial=now.amount if now else line.amount, max_value=9_999_999,
                )  # fmt: skip
                field.widget.attrs.update(_slider(line.amount, "taka"))
                self.fields[f"b_{line.id}"] = field
        extra = lines.get(documents.EXTRA)
        self.fields["extra_amount"] = fields.whole(
            _("A further benefit for everybody on it, taka"), required=False, least=1, max_value=9_999_999,
            initial=extra.amount if extra else None,
        )  # fmt: skip
        self.fields["extra_per"] = fields.pick(
            _("Every"), choices("lab_every", PER), required=False, initial=extra.per if extra else "month"
        )

    def _criteria(self, change: Mapping[str, Any]) -> None:
        changed = change.get("criteria") or {}
        for criterion in self.version.criteria:
            wanted = changed.get(criterion.id, criterion.must)
            sentence = self.version.sentence(criterion.id).in_language(language())
            self.fields[f"c_{criterion.id}"] = fields.text(
                sentence, rows=2, initial=_must(wanted) if wanted is not None else criterion.must
            )
            self.fields[f"d_{criterion.id}"] = forms.BooleanField(
                label=_("Drop this condition"), required=False, initial=criterion.id in changed and wanted is None
            )
        self.fields["c_new"] = fields.text(
            _("A further condition"), rows=2, required=False, initial=_must(changed.get(documents.EXTRA) or ""),
            help_text=_("Over the facts, such as: is_disabled or pmt_score <= 300"),
        )  # fmt: skip

    # -------------------------------------------------------------------------------------------- groups

    def of(self, *prefixes: str) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(prefixes)]

    @property
    def first(self) -> list[forms.BoundField]:
        return [*self.of("draft"), *self.of("p_")]

    @property
    def benefits(self) -> list[forms.BoundField]:
        return self.of("b_", "extra_")

    @property
    def reach(self) -> list[forms.BoundField]:
        return self.of("quota", "places", "universal_in", "take_up")

    @property
    def conditions(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"c_{one.id}"], self[f"d_{one.id}"]) for one in self.version.criteria]

    # -------------------------------------------------------------------------------------------- the document

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("quota") == "places" and given.get("places") is None and "places" not in self.errors:
            self.add_error("places", _("Say how many places there are."))
        return given

    def entry_made(self) -> dict[str, Any]:
        """The entry of the scenario: only what differs from the definition stands in its change."""
        given = self.cleaned_data
        made = {name: value for name, value in self.entry.items() if name not in ("change", "draft")}
        if given.get("draft"):
            made["draft"] = given["draft"]
        if given.get("draft", "") != (self.entry.get("draft") or ""):
            return made  # other rules: what was changed of the former ones does not carry over
        kept = self.entry.get("change") or {}
        change = {name: kept[name] for name in kept if name not in OWN}
        change |= {"parameters": self._changed_parameters(), "criteria": self._changed_criteria(),
                   "benefit": self._changed_benefit(), "universal_in": list(given["universal_in"])}  # fmt: skip
        if given["quota"] == "none":
            change["quota"] = "none"
        elif given["quota"] == "places":
            change["places"] = given["places"]
        change = {name: value for name, value in change.items() if value not in (None, {}, [])}
        return {**made, "change": change} if change else made

    def take_up_made(self) -> float:
        return float(share(self.cleaned_data["take_up"]) or 0.0)

    def _changed_parameters(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, parameter in self.version.parameters.items():
            value = self.cleaned_data[f"p_{name}"]
            if isinstance(parameter.value, int) and not isinstance(parameter.value, bool):
                value = int(value) if value == value.to_integral_value() else float(value)
            elif isinstance(parameter.value, float):
                value = float(value)
            if value != parameter.value:
                found[name] = value
        return found

    def _changed_criteria(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for criterion in self.version.criteria:
            must = " ".join(self.cleaned_data[f"c_{criterion.id}"].split())
            if self.cleaned_data[f"d_{criterion.id}"]:
                found[criterion.id] = None
            elif must != " ".join(criterion.must.split()):
                found[criterion.id] = must
        if added := " ".join(self.cleaned_data["c_new"].split()):
            found[documents.EXTRA] = added
        return found

    def _changed_benefit(self) -> list[dict[str, Any]] | None:
        lines, differs = [], False
        for line in self.version.benefit:
            raw = line.model_dump(mode="json", exclude_defaults=True) | {"id": line.id}
            amount = self.cleaned_data.get(f"b_{line.id}")
            if amount is not None and amount != line.amount:
                raw["amount"], differs = amount, True
            lines.append(raw)
        if self.cleaned_data["extra_amount"]:
            of = self.version.benefit[0].of
            lines.append({
                "id": documents.EXTRA, "kind": "cash", "amount": self.cleaned_data["extra_amount"],
                "per": self.cleaned_data["extra_per"] or "month", "of": of,
            })  # fmt: skip
            differs = True
        return lines if differs else None


OWN = ("parameters", "criteria", "benefit", "universal_in", "quota", "places")


def _lines(version: Version, change: Mapping[str, Any]) -> list[Benefit]:
    given = change.get("benefit")
    return list(version.benefit) if given is None else [Benefit.model_validate(raw) for raw in given]


def _must(wanted: object) -> str:
    return str(wanted.get("must", "")) if isinstance(wanted, Mapping) else str(wanted)


def _bare(value: object) -> str:
    """A number as one types it."""
    return f"{value:g}" if isinstance(value, float) else str(value)


def _slider(now: float, unit: str) -> dict[str, str]:
    """How far the slider beside a number goes, and by what step (lab.js makes it)."""
    top = {"years": 110.0, "pmt_score": 1000.0, "class": 12.0}.get(unit, max(10.0, now * 4))
    step = 1 if top <= 1100 and not unit.startswith("taka") else 10 if top <= 5000 else 50 if top <= 50_000 else 500
    return {"data-slide": f"0 {top:g} {step}"}


def upazilas() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every upazila, by district."""
    found: dict[str, list[tuple[str, str]]] = {}
    for code, pair in places.AREA_NAMES().items():
        if len(code) == 6:
            found.setdefault(code[:4], []).append((code, pair[language() == "en"]))
    return [
        (places.name_of(district, language()), sorted(rows, key=lambda row: row[1]))
        for district, rows in sorted(found.items())
    ]

"""The parts of the editor: what of a definition each shows as a form, and how the form is written back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext_noop

from shohay.core import definition_edit
from shohay.core.bangla import to_latin_digits
from shohay.core.definition_edit import Document
from shohay.core.facts import FACTS
from shohay.core.messages import Refusal
from shohay.web.office.programmes import forms

_ = gettext_noop
Given = Mapping[str, Any]
Row = dict[str, Any]


class Rows(NamedTuple):
    """A list of a part."""

    name: str
    title: str
    form: type
    ordered: bool


class Part(NamedTuple):
    """``read`` gives what the forms show of a version, ``write`` puts what they say into it."""

    title: str
    head: type | None
    rows: tuple[Rows, ...]
    read: Callable[[Document, Document], tuple[Row, dict[str, list[Row]]]]
    write: Callable[[Document, Given, Mapping[str, list[Row]]], Document]


def listed(text: str) -> list[str]:
    """Words between commas."""
    return [word.strip() for word in text.split(",") if word.strip()]


def constant(text: str) -> bool | int | float | str:
    """A figure as typed: true, false, a whole number, a decimal, else the word."""
    plain = to_latin_digits(text).replace(",", "").strip()
    if plain in ("true", "false"):
        return plain == "true"
    try:
        return int(plain)
    except ValueError:
        pass
    try:
        return float(Decimal(plain)) if plain.replace(".", "", 1).lstrip("-").isdigit() else text.strip()
    except ArithmeticError:
        return text.strip()


def _present(row: Row) -> Row:
    """Without what was left empty."""
    return {name: value for name, value in row.items() if value not in (None, "", [], {})}


# ------------------------------------------------------------------------------------------------ about, parameters


def _read_about(whole: Document, version: Document) -> tuple[Row, dict[str, list[Row]]]:
    first, last = definition_edit.days(version)
    reference = version.get("reference_date", "fiscal_year")
    fixed = reference not in ("fiscal_year", "day")
    letters = version.get("letters") or {}
    head = {
        "title_bn": whole["title"]["bn"], "title_en": whole["title"]["en"], "first": first, "last": last,
        "reference": "fiscal_year" if fixed else reference, "reference_day": reference if fixed else None,
        "note": version.get("note", ""), **{name: letters.get(name, "") for name in ("granted", "refused", "stopped")},
    }  # fmt: skip
    return head, {"legal": list(version.get("legal") or [])}


def _write_about(whole: Document, head: Given, rows: Mapping[str, list[Row]]) -> Document:
    version = definition_edit.edited(whole)
    version["reference_date"] = head["reference_day"] or head["reference"]
    version["legal"] = [_present(row) for row in rows["legal"]]
    letters = {**(version.get("letters") or {}), **{name: head[name] for name in ("granted", "refused", "stopped")}}
    version |= {"note": head["note"], "letters": _present(letters)}
    named = {**whole, "title": {"bn": head["title_bn"], "en": head["title_en"]}}
    return definition_edit.with_edited(named, version)  # the days: editing.py, which knows what was published


def _read_parameters(_whole: Document, version: Document) -> tuple[Row, dict[str, list[Row]]]:
    rows = []
    for name, one in (version.get("parameters") or {}).items():
        value = one["value"]
        rows.append({**one, "name": name, "value": str(value).lower() if isinstance(value, bool) else value})
    return {}, {"parameters": rows}


def _write_parameters(whole: Document, _head: Given, rows: Mapping[str, list[Row]]) -> Document:
    names = [row["name"] for row in rows["parameters"]]
    if twice := next((name for name in names if names.count(name) > 1), ""):
        raise Refusal("definition_id_twice", code=whole["code"], id=twice)
    made = {
        row["name"]: _present({"unit": row["unit"], "note": row["note"]}) | {"value": constant(row["value"])}
        for row in rows["parameters"]
    }
    ordered = {name: {"value": one.pop("value"), **one} for name, one in made.items()}
    return definition_edit.with_edited(whole, {**definition_edit.edited(whole), "parameters": ordered})


# ------------------------------------------------------------------------------------------------ benefit


def _read_benefit(_whole: Document, version: Document) -> tuple[Row, dict[str, list[Row]]]:
    payment = version.get("payment") or {}
    head = {
        "rhythm": payment.get("rhythm"), "due": ", ".join(payment.get("due", ())),
        "channels": ", ".join(payment.get("channels", ())), "verify": ", ".join(version.get("verify", ())),
    }  # fmt: skip
    return head, {"benefit": [_benefit_row(line) for line in version.get("benefit") or []]}


def _benefit_row(line: Document) -> Row:
    text = line.get("text") or {}
    return {
        **line, "id": line.get("id", "regular"), "where": where_text(line.get("where") or {}),
        "months": ", ".join(map(str, line.get("months", ()))), "text_bn": text.get("bn", ""),
        "text_en": text.get("en", ""),
    }  # fmt: skip


def _write_benefit(whole: Document, head: Given, rows: Mapping[str, list[Row]]) -> Document:
    version = definition_edit.edited(whole)
    payment = {"rhythm": head["rhythm"], "due": listed(head["due"]), "channels": listed(head["channels"])}
    version |= {
        "benefit": [_benefit_line(row) for row in rows["benefit"]], "payment": _present(payment),
        "verify": listed(head["verify"]),
    }  # fmt: skip
    return definition_edit.with_edited(whole, version)


def _benefit_line(row: Row) -> Document:
    quantity = row["quantity"]
    months = [constant(one) for one in listed(row["months"])]
    line = {
        "id": row["id"], "kind": row["kind"], "amount": constant(row["amount"]) if row["amount"] else None,
        "quantity": float(quantity) if quantity is not None else None, "unit": row["unit"],
        "price": constant(row["price"]) if row["price"] else None, "per": row["per"], "of": row["of"],
        "where": where_of(row["where"]), "times": row["times"], "months": months, "days": row["days"],
    }  # fmt: skip
    if row["text_bn"] or row["text_en"]:
        line["text"] = {"bn": row["text_bn"], "en": row["text_en"]}
    return _present({name: value for name, value in line.items() if (name, value) != ("id", "regular")})


def where_text(where: Mapping[str, Any]) -> str:
    """What chooses a line of the schedule, as one types it: school_class: 1-5; sex: female."""
    said = []
    for name, wanted in where.items():
        if isinstance(wanted, bool):
            said.append(f"{name}: {str(wanted).lower()}")
        elif name in FACTS and FACTS[name].kind == "number":
            low, high = (
                "" if end is None else f"{end:g}" if isinstance(end, int | float) else str(end) for end in wanted
            )
            said.append(f"{name}: {low}-{high}")
        else:
            said.append(f"{name}: {', '.join(map(str, wanted))}")
    return "; ".join(said)


def where_of(text: str) -> dict[str, Any]:
    """The same read back. Raises Refusal('criterion_unknown_fact') or ('builder_value')."""
    where: dict[str, Any] = {}
    for part in filter(None, (one.strip() for one in text.split(";"))):
        name, _colon, wanted = (one.strip() for one in part.partition(":"))
        if name not in FACTS:
            raise Refusal("criterion_unknown_fact", name=name[:60])
        where[name] = _wanted(name, to_latin_digits(wanted))
    return where


def _wanted(name: str, wanted: str) -> Any:
    if FACTS[name].kind == "bool":
        return wanted != "false"
    if FACTS[name].kind != "number":
        return listed(wanted)
    ends = [end.strip() for end in (wanted if "-" in wanted else f"{wanted}-{wanted}").split("-")]
    if len(ends) != 2 or not all(end == "" or end.replace(".", "", 1).isdigit() for end in ends):
        raise Refusal("builder_value", value=wanted[:40], fact=name)
    return [constant(end) if end else None for end in ends]


# ------------------------------------------------------------------------------------------------ selection, the rest


def _read_selection(_whole: Document, version: Document) -> tuple[Row, dict[str, list[Row]]]:
    quota = version.get("quota") or {}
    share = quota.get("women_share_at_least")
    head = {
        "select_from": version.get("select_from", "applicants"), "payee": version.get("payee", "self"),
        "one_per_household": version.get("one_per_household", False), "quota_note": quota.get("note", ""),
        "quota_by": "none" if quota.get("from") == "none" else quota.get("by", "upazila"),
        "women_share": None if share is None else f"{float(share) * 100:g}",
        "universal_where": quota.get("universal_where") or "",
    }  # fmt: skip
    return head, {"priority": [{"order": "desc", **one} for one in version.get("priority") or []]}


def _write_selection(whole: Document, head: Given, rows: Mapping[str, list[Row]]) -> Document:
    version = definition_edit.edited(whole)
    none, share = head["quota_by"] == "none", head["women_share"]
    quota = {
        "by": head["quota_by"], "from": "none" if none else "allocation", "universal_where": head["universal_where"],
        "women_share_at_least": None if share is None else float(share / 100), "note": head["quota_note"],
    }  # fmt: skip
    priority = [
        {"by": row["by"]} if row["by"] == "lot" else {"by": row["by"], "order": row["order"]}
        for row in rows["priority"]
    ]
    version |= {
        "select_from": head["select_from"], "payee": head["payee"], "one_per_household": head["one_per_household"],
        "quota": _present(quota), "priority": priority,
    }  # fmt: skip
    return definition_edit.with_edited(whole, version)


def _read_compatible(_whole: Document, version: Document) -> tuple[Row, dict[str, list[Row]]]:
    rules = version.get("compatible") or {}
    reason = rules.get("reason") or {}
    head = {
        "default": rules.get("default", "forbidden"), "scope": rules.get("scope", "person"),
        "reason_bn": reason.get("bn", ""), "reason_en": reason.get("en", ""),
    }  # fmt: skip
    return head, {"with": [{"code": code, "rule": rule} for code, rule in (rules.get("with") or {}).items()]}


def _write_compatible(whole: Document, head: Given, rows: Mapping[str, list[Row]]) -> Document:
    rules = {
        "default": head["default"], "with": {row["code"]: row["rule"] for row in rows["with"]}, "scope": head["scope"],
        "reason": {"bn": head["reason_bn"], "en": head["reason_en"]},
    }  # fmt: skip
    return definition_edit.with_edited(whole, {**definition_edit.edited(whole), "compatible": _present(rules)})


def _read_transitions(_whole: Document, version: Document) -> tuple[Row, dict[str, list[Row]]]:
    ends = [{**one, "from_": one.get("from", "next_month")} for one in version.get("ends") or []]
    moves = [{**one, "from_": one.get("from", "")} for one in version.get("moves_in") or []]
    return {}, {"ends": ends, "moves_in": moves}


def _write_transitions(whole: Document, _head: Given, rows: Mapping[str, list[Row]]) -> Document:
    version = definition_edit.edited(whole)
    version["ends"] = [_present({"on": row["on"], "from": row["from_"], "after": row["after"]}) for row in rows["ends"]]
    version["moves_in"] = [{"from": row["from_"], "when": " ".join(row["when"].split())} for row in rows["moves_in"]]
    return definition_edit.with_edited(whole, version)


PARTS: dict[str, Part] = {
    "about": Part(
        _("Name, days and sources"), forms.AboutForm,
        (Rows("legal", _("Legal sources"), forms.LegalForm, False),), _read_about, _write_about,
    ),
    "parameters": Part(
        _("Figures"), None, (Rows("parameters", _("Figures"), forms.ParameterForm, False),),
        _read_parameters, _write_parameters,
    ),
    "benefit": Part(
        _("Benefit and payment"), forms.PaymentForm,
        (Rows("benefit", _("Lines of the benefit"), forms.BenefitForm, True),), _read_benefit, _write_benefit,
    ),
    "selection": Part(
        _("Places and order"), forms.SelectionForm, (Rows("priority", _("Order of priority"), forms.OrderForm, True),),
        _read_selection, _write_selection,
    ),
    "compatible": Part(
        _("Together with other programmes"), forms.CompatibleForm,
        (Rows("with", _("Programmes named"), forms.WithForm, False),), _read_compatible, _write_compatible,
    ),
    "transitions": Part(
        _("How it ends, who moves in"), None,
        (
            Rows("ends", _("What ends it"), forms.EndForm, True),
            Rows("moves_in", _("Who moves in"), forms.MoveForm, True),
        ),
        _read_transitions, _write_transitions,
    ),
}  # fmt: skip

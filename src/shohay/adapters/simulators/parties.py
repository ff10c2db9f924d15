"""What each pretended party answers: one function a party, a list of records in, a list of results out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from shohay.adapters.simulators.world import FILES, Known, key_of
from shohay.core.bangla import name_key, normalise
from shohay.core.verification import CLOSE, DIFFERS, SAME, UNKNOWN

Records = list[dict[str, Any]]
Answering = Callable[[Known, Records], Records]


def compare_names(asked_bn: str, asked_en: str, held_bn: str | None, held_en: str | None) -> str:
    """The same letters in either script; or spellings that sound the same; or another name."""
    held_bn, held_en = held_bn or "", held_en or ""
    if not held_bn and not held_en:
        return UNKNOWN
    if asked_bn == held_bn or (asked_en and asked_en.casefold() == held_en.casefold()):
        return SAME
    if normalise(asked_bn) == normalise(held_bn):
        return SAME
    asked, held = name_key(asked_bn or asked_en), name_key(held_bn or held_en)
    return CLOSE if asked == held or asked.startswith(held) or held.startswith(asked) else DIFFERS


def compare_dates(asked: str, held: date | None) -> str:
    if not asked or held is None:
        return UNKNOWN
    day = date.fromisoformat(asked)
    return SAME if day == held else CLOSE if day.year == held.year else DIFFERS


def _one(asked: str, held: str | None) -> str:
    return UNKNOWN if not asked or not held else compare_names(asked, "", held, "")


def nid(known: Known, records: Records) -> Records:
    """The kind is told by the length: the commission holds no birth registration numbers."""
    found = known.look_up([key_of(f"nid{len(one['nid'])}", one["nid"]) for one in records])
    return [_nid(one, held) for one, held in zip(records, found, strict=True)]


def _nid(one: dict[str, Any], held: Any) -> dict[str, Any]:
    if held is None:
        return {"id": one["id"], "found": False}
    match = {
        "name": compare_names(one["name_bn"], one["name_en"], held["name_bn"], held["name_en"]),
        "birth_date": compare_dates(one["dob"], held["birth_date"]),
        "father_name": _one(one["father"], held["father_name"]),
        "mother_name": _one(one["mother"], held["mother_name"]),
    }
    return {"id": one["id"], "found": True, "match": match, "ref": f"EC-{one['id']:010d}"}


def civil_registration(known: Known, records: Records) -> Records:
    found = known.look_up([key_of(one["type"], one["number"]) for one in records])
    return [_civil(one, held) for one, held in zip(records, found, strict=True)]


def _civil(one: dict[str, Any], held: Any) -> dict[str, Any]:
    birth = death = None
    if held is not None and held["birth"]:
        birth = {
            "name": compare_names(one["name_bn"], one["name_en"], held["name_bn"], held["name_en"]),
            "birth_date": compare_dates(one["dob"], held["birth_date"]),
        }
    if held is not None and held["died_on"]:
        death = {"date": held["died_on"].isoformat(), "entry": f"D-{held['died_on'].year}-{one['id'] % 1_000_000:06d}"}
    return {"id": one["id"], "birth": birth, "death": death, "ref": f"CR-{one['id']:010d}"}


def disability_register(known: Known, records: Records) -> Records:
    found = known.look_up([key_of(one["type"], one["number"]) for one in records])
    return [
        {"id": one["id"], "disability": held["disability"] if held else None, "ref": f"DIS-{one['id']:010d}"}
        for one, held in zip(records, found, strict=True)
    ]


def sim_owner(known: Known, records: Records) -> Records:
    found = known.look_up([key_of("msisdn", one["msisdn"].removeprefix("88")) for one in records])
    return [
        {"id": one["id"], "registered": held is not None, "owner": [held["owner"]] if held and held["owner"] else []}
        for one, held in zip(records, found, strict=True)
    ]


def wallets(known: Known, records: Records) -> Records:
    found = known.look_up([key_of("wallet", one["wallet"]) for one in records])
    return [_wallet(one, held) for one, held in zip(records, found, strict=True)]


def _wallet(one: dict[str, Any], held: Any) -> dict[str, Any]:
    if held is None:
        return {"id": one["id"], "state": None}
    holder = compare_names(one["name_bn"], one["name_en"], held["name_bn"], held["name_en"])
    return {"id": one["id"], "state": held["state"], "holder": holder, "ref": f"W-{one['id']:010d}"}


# party -> (address of one, address of many, name of the list in the body, what answers)
PARTIES: dict[str, tuple[str, str, str, Answering]] = {
    "nid": ("/v1/match", "/v1/match/batch", "requests", nid),
    "civil_registration": ("/v1/events", "/v1/events/batch", "records", civil_registration),
    "disability_register": ("/v1/cards", "/v1/cards/batch", "people", disability_register),
    "sim_owner": ("/v1/owner", "/v1/owner/batch", "numbers", sim_owner),
    "wallets": ("/v1/wallets", "/v1/wallets/batch", "wallets", wallets),
}
assert PARTIES.keys() == FILES.keys()

"""shohay bench simulation: four scenarios of all shipped programmes on a nation, and again on a sample of 1 in 100.

Today's rules, the old age allowance from 60, Tk 1,000 a month, and everyone eligible in half of the upazilas with a
new benefit besides; every programme that has places has them in every upazila, so all are ranked.
"""

from __future__ import annotations

import datetime as dt
import json
import resource
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shohay.core.scenario import Scenario

DEFAULT_ROWS = 10_000_000
DAY = dt.date(2026, 11, 21)
SAMPLE = 0.01
PLACES_SHARE = 100  # one place for so many people, in each programme
CHILD = {
    "format": 1, "code": "CHILD", "programme": "CHILD", "unit": "person",
    "title": {"bn": "শিশু ভাতা", "en": "Child benefit"},
    "versions": [{
        "valid": ["2026-07-01", None], "legal": [{"source": "benchmark", "kind": "rule", "confidence": "low"}],
        "reference_date": "fiscal_year", "select_from": "registry",
        "parameters": {"rate": {"value": 500}, "age_below": {"value": 5}},
        "criteria": [{"id": "age", "must": "age < :age_below", "text": {"bn": "শিশু", "en": "A child"}}],
        "compatible": {"default": "allowed", "with": {"MCBP": "forbidden"}, "reason": {"bn": "নেই", "en": "None"}},
        "priority": [{"by": "pmt_score", "order": "asc"}, {"by": "lot"}], "quota": {"by": "none", "from": "none"},
        "benefit": [{"kind": "cash", "amount": "rate", "per": "month", "of": "person"}],
        "payment": {"rhythm": "monthly"},
    }],
}  # fmt: skip


def run(rows: int) -> dict[str, Any]:
    """``seconds`` of the whole, ``sample_seconds`` of the sample once it is drawn (``draw_seconds``)."""
    from shohay.bulk import pmt, sample, snapshot
    from shohay.bulk.simulation import simulate
    from shohay.bulk.simulation_ground import areas_of
    from shohay.policy import shipped

    folder = Path(tempfile.mkdtemp(prefix="shohay-bench-"))
    try:
        base = sample.write(folder / "snapshot", rows, DAY)
        definitions = {definition.code: definition for definition in shipped.definitions()}
        upazilas = areas_of(base).upazilas
        slots = rows // PLACES_SHARE // len(upazilas)
        given: dict[str, Any] = {
            "scenarios": scenarios(definitions, upazilas), "definitions": definitions, "base": base,
            "formula": pmt.shipped(), "quotas": {(code, area): slots for code in definitions for area in upazilas},
            "cache": folder / "samples",
        }  # fmt: skip
        before, started = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
        result = simulate(**given)
        seconds = time.perf_counter() - started
        after = resource.getrusage(resource.RUSAGE_SELF)
        drawing = time.perf_counter()
        simulate(**given, sample=SAMPLE)
        drawn = time.perf_counter() - drawing
        began = time.perf_counter()
        simulate(**given, sample=SAMPLE)
        return {
            "seconds": round(seconds, 2), "sample_seconds": round(time.perf_counter() - began, 2),
            "draw_seconds": round(drawn, 2),
            "cpu_seconds": round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 2),
            "persons": snapshot.read_manifest(base).tables["persons"]["rows"],
            "scenarios": len(result["scenarios"]), "programmes": len(result["scenarios"][-1]["programmes"]),
            "caseload": [one["totals"]["caseload"] for one in result["scenarios"]],
        }  # fmt: skip
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def scenarios(definitions: dict[str, Any], upazilas: list[str]) -> list[Scenario]:
    """The four of them, over all programmes."""
    changes: dict[str, dict[str, Any]] = {
        "today": {},
        "age_60": {"OAA": {"parameters": {"age_men": 60, "age_women": 60}}},
        "taka_1000": {"OAA": {"parameters": {"rate": 1000}}, "WDA": {"parameters": {"rate": 1000}}},
        "universal": {"OAA": {"universal_in": upazilas[::2]}},
    }
    return [_scenario(name, definitions, of, [{"new": CHILD}] if name == "universal" else [])
            for name, of in changes.items()]  # fmt: skip


def _scenario(name: str, definitions: dict[str, Any], changes: dict[str, Any], more: list[Any]) -> Scenario:
    from shohay.core.scenario import Scenario

    entries = [{"code": code} | ({"change": changes[code]} if code in changes else {}) for code in sorted(definitions)]
    whole = {
        "format": 1, "title": {"bn": name, "en": name}, "on": DAY.isoformat(), "years": 5, "take_up": 0.9,
        "administration": 0.03, "programmes": [*entries, *more],
    }  # fmt: skip
    return Scenario.parse(json.dumps(whole))

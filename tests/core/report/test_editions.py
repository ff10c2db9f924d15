"""What differs between two editions."""

from __future__ import annotations

import copy

from shohay.core.report.editions import difference

OLD = {
    "figures": {"a": {"value": 1, "kind": "count", "from": "q"}, "b": {"value": 2.5, "kind": "crore", "from": "q"}},
    "items": [
        {"code": "1", "ministry": "M", "activity_bn": "ক", "activity_en": "A", "state": "late"},
        {"code": "2", "ministry": "M", "activity_bn": "খ", "activity_en": "B", "state": "on_track"},
    ],
    "programmes": [{"code": "P", "ministry": "M", "name_bn": "প", "name_en": "P", "budget": 5}],
    "indicators": [{"code": "I", "name_bn": "স", "name_en": "I", "value": None}],
}


def test_the_same_data_differ_in_nothing():
    assert difference(OLD, copy.deepcopy(OLD)).is_empty


def test_what_changed_came_and_went_is_told():
    new = copy.deepcopy(OLD)
    new["figures"]["a"]["value"] = 3
    del new["figures"]["b"]
    new["figures"]["c"] = {"value": None, "kind": "count", "from": "q"}
    new["items"][0]["state"] = "completed_in_time"
    new["items"][1] = {**new["items"][1], "code": "3"}
    new["programmes"][0]["budget"] = 6
    new["indicators"][0]["value"] = 0.0
    found = difference(OLD, new)
    assert [(row.key, row.old, row.new) for row in found.figures] == [("a", 1, 3), ("b", 2.5, None), ("c", None, None)]
    assert [(row.code, row.old, row.new) for row in found.items] == [
        ("1", "late", "completed_in_time"), ("2", "on_track", None), ("3", None, "on_track"),
    ]  # fmt: skip
    assert [(row.old, row.new) for row in found.programmes] == [(5, 6)]
    assert [(row.old, row.new) for row in found.indicators] == [(None, 0.0)]

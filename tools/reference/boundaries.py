"""District and upazila boundaries, simplified for maps on a phone, neighbours keeping their common borders."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

from reference.areas import Row
from reference.files import DATA, spatial

# tolerance in degrees, and the part (km2) below which an islet is left out
SIMPLIFY = {"districts": (0.010, 4.0), "upazilas": (0.0035, 1.0)}
KM2_PER_DEGREE2 = 110.75 * 111.32 * 0.914  # at 23.9 degrees north
DIGITS = 4  # 11 metres


def rounded(geometry: dict[str, Any]) -> dict[str, Any]:
    """A MultiPolygon of rings with few digits; rings that collapse and small islets go, but never the last part."""
    coordinates = geometry["coordinates"]
    polygons = coordinates if geometry["type"] == "MultiPolygon" else [coordinates]
    kept = [[ring for ring in map(_ring, polygon) if len(ring) >= 4] for polygon in polygons]
    return {"type": "MultiPolygon", "coordinates": [polygon for polygon in kept if polygon]}


def _ring(points: list[list[float]]) -> list[list[float]]:
    short: list[list[float]] = []
    for x, y in points:
        point = [round(x, DIGITS), round(y, DIGITS)]
        if not short or short[-1] != point:
            short.append(point)
    return short


def without_islets(geometry: dict[str, Any], smallest: float) -> dict[str, Any]:
    polygons = sorted(geometry["coordinates"], key=lambda polygon: -_size(polygon[0]))
    return {**geometry, "coordinates": [p for i, p in enumerate(polygons) if i == 0 or _size(p[0]) >= smallest]}


def _size(ring: list[list[float]]) -> float:
    """Area of a ring in square kilometres, by the shoelace formula."""
    pairs = pairwise(ring)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2 * KM2_PER_DEGREE2


def build(downloads: Path, made: dict[str, list[Row]]) -> dict[str, int]:
    """Write boundaries/districts.geojson and upazilas.geojson; returns their sizes in bytes."""
    connection = spatial(downloads)
    sizes = {}
    for name, level, column in (("districts", 2, "adm2_pcode"), ("upazilas", 3, "adm3_pcode")):
        source = next(downloads.glob(f"**/bgd_admin{level}.geojson"))
        tolerance, smallest = SIMPLIFY[name]
        connection.execute(f"""
            create or replace table raw as select {column} as pcode, geom as g from ST_Read('{source}') order by 1;
            create or replace table simple as
              select ST_CoverageSimplify(list(g order by pcode), {tolerance}) as c, list(pcode order by pcode) as codes
              from raw;
            create or replace table parts as select unnest(ST_Dump(c)) as part, codes from simple""")
        shapes = connection.execute("select codes[part.path[1]], ST_AsGeoJSON(part.geom) from parts").fetchall()
        sizes[name] = _write(name, [(pcode, json.loads(text)) for pcode, text in shapes], made[name], smallest)
    return sizes


def _write(name: str, shapes: list[tuple[str, dict[str, Any]]], rows: list[Row], smallest: float) -> int:
    whole: dict[str, list[Any]] = {}
    for pcode, geometry in shapes:
        whole.setdefault(pcode, []).extend(rounded(geometry)["coordinates"])
    features = [
        {
            "type": "Feature",
            "properties": {"code": row["code"], "name_bn": row["name_bn"], "name_en": row["name_en"]},
            "geometry": without_islets({"type": "MultiPolygon", "coordinates": whole[str(row["pcode"])]}, smallest),
        }
        for row in rows
    ]
    path = DATA / "boundaries" / f"{name}.geojson"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":"))
    return path.write_text(text + "\n", encoding="utf-8")

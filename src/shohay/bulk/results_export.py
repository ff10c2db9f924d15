"""The published values for other systems: CSV with a description of its columns (CSVW), and SDMX data with structure.

SDMX: structure ``BD_SHOHAY:RESULTS(1.0)``. A fiscal year is a reporting year that begins on 1 July ("2024-A1" is
FY2024-25), places are P-codes (BD, BD55, BD5549), a hidden value is absent with OBS_STATUS Q, one whose denominator is
0 with M. What feeds a series of the global SDG data structure is written once more in that structure (sdg.csv).
pysdmx takes pandas frames; they stay in this file.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

AGENCY, STRUCTURE, CONCEPTS, VERSION = "BD_SHOHAY", "RESULTS", "CS_RESULTS", "1.0"
SEXES = {"": "_T", "sex:female": "F", "sex:male": "M", "sex:other": "_O"}
STATUS = {"A": "Normal value", "Q": "Hidden: fewer than five people stand behind it",
          "M": "No value: the denominator is 0"}  # fmt: skip
YEAR_STARTS = "--07-01"
COLUMNS: dict[str, tuple[str, str, str]] = {
    # column: (datatype of CSVW, English, Bangla)
    "indicator": ("string", "Code of the indicator", "সূচকের কোড"),
    "fiscal_year": ("string", "Fiscal year, July to June", "অর্থবছর, জুলাই থেকে জুন"),
    "area_code": ("string", "BBS code of division or district; empty: the whole country",
                  "বিভাগ বা জেলার বিবিএস কোড; ফাঁকা: সারা দেশ"),
    "group": ("string", "Group: sex:female, programme:OAA ...; empty: everybody",
              "শ্রেণি: sex:female, programme:OAA ...; ফাঁকা: সবাই"),
    "value": ("double", "Value; empty where hidden or undefined", "মান; গোপন বা অসংজ্ঞায়িত হলে ফাঁকা"),
    "unit": ("string", "Unit", "একক"),
    "status": ("string", "A normal, Q hidden (few people), M undefined (denominator 0)",
               "A স্বাভাবিক, Q গোপন (অল্প মানুষ), M অসংজ্ঞায়িত (হর ০)"),
    "source": ("string", "computed or submitted", "হিসাব করা (computed) বা জমা দেওয়া (submitted)"),
}  # fmt: skip
SDG = (
    "FREQ", "REPORTING_TYPE", "SERIES", "REF_AREA", "SEX", "AGE", "URBANISATION", "INCOME_WEALTH_QUANTILE",
    "EDUCATION_LEV", "OCCUPATION", "CUST_BREAKDOWN", "COMPOSITE_BREAKDOWN", "DISABILITY_STATUS", "ACTIVITY", "PRODUCT",
    "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "UNIT_MEASURE", "UNIT_MULT", "NATURE",
)  # fmt: skip
ONLY_WOMEN = frozenset({"SI_COV_MATNL"})  # the constraints of the global structure: SEX is F

Table = Mapping[str, Any]


def write_csv(table: Table, out: Path) -> list[Path]:
    """indicators.csv and indicators.csv-metadata.json (CSVW), with every definition."""
    out.mkdir(parents=True, exist_ok=True)
    data, description = out / "indicators.csv", out / "indicators.csv-metadata.json"
    with data.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(csv_rows(table))
    description.write_text(json.dumps(metadata(table), ensure_ascii=False, indent=1, default=str), encoding="utf-8")
    return [data, description]


def csv_rows(table: Table) -> Iterable[list[object]]:
    """The values in the order of COLUMNS."""
    units = {one["code"]: one["unit"] for one in table["indicators"]}
    for row in table["values"]:
        value = "" if row["value"] is None else row["value"]
        yield [row["code"], row["fiscal_year"], row["area_code"], row["group"], value, units[row["code"]],
               row["status"], row["source"]]  # fmt: skip


def metadata(table: Table, url: str = "indicators.csv") -> dict[str, Any]:
    """A CSVW description: columns in both languages, the run, and each indicator as defined."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": url,
        "dc:title": [{"@value": "Indicators of the National Social Security Strategy", "@language": "en"},
                     {"@value": "জাতীয় সামাজিক নিরাপত্তা কৌশলের সূচক", "@language": "bn"}],
        "dc:issued": str(table["as_of"] or ""),
        "shohay:run": table["run"],
        "shohay:result_sha256": table["sha256"],
        "tableSchema": {
            "columns": [
                {"name": name, "datatype": kind, "titles": {"en": [english], "bn": [bangla]}}
                for name, (kind, english, bangla) in COLUMNS.items()
            ],
            "primaryKey": ["indicator", "fiscal_year", "area_code", "group"],
        },
        "shohay:indicators": list(table["indicators"]),
    }  # fmt: skip


# ---------------------------------------------------------------------------------------------------------------- SDMX


def write_sdmx_csv(table: Table, out: Path) -> list[Path]:
    """data.csv (SDMX-CSV 2.0), structure.xml (SDMX-ML 3.0) and sdg.csv in the global SDG structure."""
    from pysdmx.io.format import Format

    return [_data(table, out / "data.csv", Format.DATA_SDMX_CSV_2_0_0), _structure(table, out), _sdg(table, out)]


def write_sdmx_ml(table: Table, out: Path) -> list[Path]:
    """data.xml and structure.xml (SDMX-ML 3.0)."""
    from pysdmx.io.format import Format

    return [_data(table, out / "data.xml", Format.DATA_SDMX_ML_3_0), _structure(table, out)]


def reporting_year(fiscal_year: str) -> str:
    """'2024-25' -> '2024-A1': the reporting year that begins on YEAR_STARTS of 2024."""
    return f"{fiscal_year[:4]}-A1"


def observations(table: Table) -> list[dict[str, Any]]:
    """One dict an observation, with the dimensions and attributes of the structure."""
    units = {one["code"]: one for one in table["indicators"]}
    return [
        {
            "FREQ": "A", "INDICATOR": row["code"], "REF_AREA": f"BD{row['area_code']}",
            "SEX": SEXES.get(row["group"], "_T"), "BREAKDOWN": _breakdown(row["group"]),
            "TIME_PERIOD": reporting_year(row["fiscal_year"]), "OBS_VALUE": row["value"], "OBS_STATUS": row["status"],
            "UNIT_MEASURE": _id(units[row["code"]]["unit"]), "REPORTING_YEAR_START_DAY": YEAR_STARTS,
            "COLLECTION": row["source"],
        }
        for row in table["values"]
    ]  # fmt: skip


def _breakdown(group: str) -> str:
    """'programme:OAA' -> 'PROGRAMME_OAA'; a sex is no breakdown but a dimension."""
    return "_T" if group in SEXES else _id(group)


def _id(text: str) -> str:
    """A code of SDMX: letters, digits and underscores."""
    made = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in text.upper())
    return {"_": "PT"}.get(made, made)


def _data(table: Table, path: Path, kind: Any) -> Path:
    import pandas as pd
    from pysdmx.io import write_sdmx
    from pysdmx.io.pd import PandasDataset

    path.parent.mkdir(parents=True, exist_ok=True)
    rows = observations(table)
    frame = pd.DataFrame(rows, columns=list(rows[0]) if rows else [name for name, *_rest in _components()])
    write_sdmx([PandasDataset(structure=_definition(table).to_schema(), data=frame)], kind, output_path=str(path))
    return path


def _structure(table: Table, out: Path) -> Path:
    """Concepts, code lists and the data structure definition."""
    from pysdmx.io import write_sdmx
    from pysdmx.io.format import Format

    out.mkdir(parents=True, exist_ok=True)
    path = out / "structure.xml"
    lists = [made for _name, made in sorted(_codelists(table).items())]
    parts = [_concepts(), *lists, _definition(table)]
    write_sdmx(parts, Format.STRUCTURE_SDMX_ML_3_0, output_path=str(path))
    return path


def _components() -> Sequence[tuple[str, str, str, str]]:
    """(component, role, code list or '', name)."""
    return (
        ("FREQ", "dimension", "CL_FREQ", "Frequency"),
        ("INDICATOR", "dimension", "CL_INDICATOR", "Indicator"),
        ("REF_AREA", "dimension", "CL_AREA", "Reference area (P-code)"),
        ("SEX", "dimension", "CL_SEX", "Sex"),
        (
            "BREAKDOWN",
            "dimension",
            "CL_BREAKDOWN",
            "Programme, fifth of the poverty score, ministry, or criterion of CODI",
        ),
        ("TIME_PERIOD", "dimension", "", "Fiscal year"),
        ("OBS_VALUE", "measure", "", "Value"),
        ("OBS_STATUS", "attribute", "CL_OBS_STATUS", "Status of the value"),
        ("UNIT_MEASURE", "attribute", "CL_UNIT", "Unit"),
        ("REPORTING_YEAR_START_DAY", "attribute", "", "First day of the fiscal year"),
        ("COLLECTION", "attribute", "", "Computed by the system or submitted by an office"),
    )


def _concepts() -> Any:
    from pysdmx.model import Concept, ConceptScheme

    items = [Concept(id=name, name=words) for name, _role, _list, words in _components()]
    return ConceptScheme(id=CONCEPTS, name="Concepts of the results", agency=AGENCY, version=VERSION, items=items)


def _codelists(table: Table) -> dict[str, Any]:
    """Code lists of what occurs, and of what is fixed."""
    from pysdmx.model import Code, Codelist

    rows = observations(table)

    def occurring(column: str) -> dict[str, str]:
        return {str(row[column]): str(row[column]) for row in rows}

    codes = {
        "CL_FREQ": {"A": "Annual"},
        "CL_INDICATOR": {one["code"]: one["name"]["en"] for one in table["indicators"]},
        "CL_AREA": {"BD": "Bangladesh", **occurring("REF_AREA")},
        "CL_SEX": {"_T": "All", "F": "Female", "M": "Male", "_O": "Other"},
        "CL_BREAKDOWN": {"_T": "All", **occurring("BREAKDOWN")},
        "CL_OBS_STATUS": STATUS,
        "CL_UNIT": {_id(one["unit"]): one["unit"] for one in table["indicators"]},
    }
    return {
        name: Codelist(id=name, name=name, agency=AGENCY, version=VERSION,
                       items=[Code(id=code, name=words) for code, words in sorted(of.items())])
        for name, of in codes.items()
    }  # fmt: skip


def _definition(table: Table) -> Any:
    from pysdmx.model import Component, Components, DataStructureDefinition, DataType, ItemReference, Role

    lists = _codelists(table)
    roles = {"dimension": Role.DIMENSION, "measure": Role.MEASURE, "attribute": Role.ATTRIBUTE}
    kinds = {"TIME_PERIOD": DataType.PERIOD, "OBS_VALUE": DataType.DOUBLE}
    made = [
        Component(
            id=name, required=role == "dimension", role=roles[role],
            concept=ItemReference(sdmx_type="Concept", agency=AGENCY, id=CONCEPTS, version=VERSION, item_id=name),
            local_dtype=None if code_list else kinds.get(name, DataType.STRING),
            local_codes=lists[code_list] if code_list else None, attachment_level="O" if role == "attribute" else None,
        )
        for name, role, code_list, _words in _components()
    ]  # fmt: skip
    return DataStructureDefinition(
        id=STRUCTURE, name="Indicators of the National Social Security Strategy", agency=AGENCY, version=VERSION,
        components=Components(made),
    )  # fmt: skip


def sdg_rows(table: Table) -> list[dict[str, Any]]:
    """National values that feed a global SDG series, in its dimensions; the year is the one in which it ends."""
    series = {one["code"]: one["sdg_series"] for one in table["indicators"] if one.get("sdg_series")}
    rows = []
    for row in table["values"]:
        name = series.get(row["code"])
        women = name in ONLY_WOMEN
        fits = row["group"] == "" if women else row["group"] in ("", "sex:female", "sex:male")
        if name is None or row["area_code"] or row["value"] is None or not fits:
            continue
        made = dict.fromkeys(SDG, "_T")
        made |= {"FREQ": "A", "REPORTING_TYPE": "N", "SERIES": name, "REF_AREA": "50",
                 "SEX": "F" if women else SEXES[row["group"]], "TIME_PERIOD": str(int(row["fiscal_year"][:4]) + 1),
                 "OBS_VALUE": row["value"], "OBS_STATUS": "A", "UNIT_MEASURE": "PT", "UNIT_MULT": "0",
                 "NATURE": "CA"}  # fmt: skip
        rows.append(made)
    return rows


def _sdg(table: Table, out: Path) -> Path:
    """sdg.csv: SDMX-CSV 2.0 of IAEG-SDGs:SDG(1.8); the structure itself is the United Nations', not ours."""
    path = out / "sdg.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["STRUCTURE", "STRUCTURE_ID", "ACTION", *SDG])
        writer.writerows(["datastructure", "IAEG-SDGs:SDG(1.8)", "I", *(row[name] for name in SDG)]
                         for row in sdg_rows(table))  # fmt: skip
    return path

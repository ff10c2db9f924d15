"""Budget series as printed in the progress report, the nation's years (GDP, prices, budget), and the three variants.

Nothing is mended here: a figure that breaks its own series or differs from the report's other table is kept as printed
and gets a reason in ``doubtful``, which the screens show.
"""

from __future__ import annotations

import re
from pathlib import Path

from reference.files import DATA, read, write

REPORT = "003_7d9b131cec405924.txt"
ROW = re.compile(r"^(20\d\d-\d\d)\t([\d,.]+)\t([\d,.]+)\s*$")
HEAD = re.compile(r"^(2\.\d+)\. +(.+?)\s*$")
BREAK = 1.5  # a figure that grows by half or falls by a third within a year breaks its series

# inflation of calendar years in per cent: World Bank, World Development Indicators FP.CPI.TOTL.ZG, Bangladesh,
# as kept by github.com/datasets/cpi (its "gdp deflator" twin holds the very same figures and is not used)
CPI = {
    2009: 5.42347236174679, 2010: 8.12667639169917, 2011: 11.3951651552399, 2012: 6.21750422069284,
    2013: 7.53040640913172, 2014: 6.99163889220849, 2015: 6.19428022984984, 2016: 5.51352572692995,
    2017: 5.70207015717239, 2018: 5.54362139486476, 2019: 5.59199639930629, 2020: 5.69107474746211,
    2021: 5.54565430773473, 2022: 7.69695437176898, 2023: 9.8835030377921, 2024: 10.4657482763412,
}  # fmt: skip
WDI_CPI = "World Bank WDI FP.CPI.TOTL.ZG, mean of the two calendar years"
# twelve-month average of a fiscal year, where the second calendar year is not out
FISCAL_CPI = {"2024-25": (10.03, "BBS twelve-month average 10.03%, The Financial Express, July 2025")}
# GDP at current prices in million taka: WDI NY.GDP.MKTP.CN (28 June 2024); until 2014-15 on the base of 2005-06
GDP = {
    2009: 7050718, 2010: 7975387, 2011: 9158288, 2012: 10552040.389, 2013: 11989231.719, 2014: 13436744,
    2015: 15158023, 2016: 20758211, 2017: 23243072, 2018: 26392481, 2019: 29514285, 2020: 31704694, 2021: 35301848,
    2022: 39717164, 2023: 44908417,
}  # fmt: skip
WDI_GDP = "World Bank WDI NY.GDP.MKTP.CN, 28 June 2024"
OTHER_GDP = {"2024-25": (5597414, "estimate of the budget speech, bizbdreview.com, June 2024")}  # crore
NATIONAL = {  # national budget in crore taka as presented, with where it was read
    "2010-11": (132170, "anumuhammad.net, June 2010"),
    "2018-19": (464573, "sonalinews.com, 7 June 2018"),
    "2019-20": (523190, "ctnewsbd.com, 13 June 2019"),
    "2021-22": (603681, "The Daily Observer, 4 June 2021"),
    "2022-23": (678064, "dailyhomeland.com, 8 June 2022"),
    "2023-24": (761785, "Prothom Alo, 3 June 2023"),
    "2024-25": (797000, "The Business Standard, 6 June 2024"),
}
VARIANTS = (  # what is left out of the narrower totals (indicator IN-01)
    ("GOV_PENSION", "without_pensions", "pensions of former government servants"),
    ("SAVINGS_INT", "core", "interest on national savings schemes"),
    ("AGRI_SUB", "core", "subsidy on agricultural inputs"),
)


def build(shared: Path) -> dict[str, int]:
    counts = {"budget_series": _series(shared)}
    years = _years()
    counts["national_years"] = write(DATA / "catalogue" / "national_years.csv", list(years[0]), years)
    rows = [{"programme_code": code, "variant": variant, "reason_en": why} for code, variant, why in VARIANTS]
    counts["budget_variants"] = write(DATA / "catalogue" / "budget_variants.csv", list(rows[0]), rows)
    return counts


def printed(text: str) -> list[dict[str, str]]:
    """Every line "year, beneficiaries, budget" of the report with its section, heading and line number."""
    section, heading, found = "", "", []
    for number, line in enumerate(text.splitlines(), start=1):
        if head := HEAD.match(line):
            section, heading = head[1], head[2]
        elif row := ROW.match(line):
            found.append({
                "section": section, "heading": heading, "line": str(number), "fiscal_year": row[1],
                "beneficiaries_lakh": row[2].replace(",", ""), "budget_crore": row[3].replace(",", ""),
            })  # fmt: skip
    return found


def _series(shared: Path) -> int:
    """The printed series by ministry, doubtful figures flagged. The hand-made copy must say the same."""
    ministries = {row["name_en"]: row for row in read(shared / "nsss/ministries.csv")}
    lines = printed((shared / "seeds" / REPORT).read_text(encoding="utf-8"))
    rows = []
    for line in lines:
        ministry = ministries[line["heading"]]
        earlier = [row for row in rows if row["ministry_code"] == ministry["code"]]
        rows.append({
            "ministry_code": ministry["code"], "fiscal_year": line["fiscal_year"],
            "beneficiaries_lakh": line["beneficiaries_lakh"], "budget_crore": line["budget_crore"],
            "doubtful": " ".join(_doubts(line, earlier[-1] if earlier else None, ministry)),
            "source": f"NSSS Action Plan II progress report 2024, section {line['section']}, line {line['line']}",
        })  # fmt: skip
    kept = ("ministry_code", "fiscal_year", "beneficiaries_lakh", "budget_crore")
    by_hand = [tuple(row[name] for name in kept[:2]) + tuple(float(row[name]) for name in kept[2:])
               for row in read(shared / "nsss/budget_series.csv")]  # fmt: skip
    ours = [tuple(row[name] for name in kept[:2]) + tuple(float(row[name]) for name in kept[2:]) for row in rows]
    if sorted(by_hand) != sorted(ours):
        raise SystemExit("the series read from the report is not the one of nsss/budget_series.csv")
    return write(DATA / "catalogue" / "budget_series.csv", list(rows[0]), rows)


def _doubts(line: dict[str, str], before: dict[str, str] | None, ministry: dict[str, str]) -> list[str]:
    """Codes of what is wrong with a printed line: a broken series, or another total elsewhere in the report."""
    found = []
    for name in ("beneficiaries_lakh", "budget_crore"):
        now = float(line[name])
        if before and not 1 / BREAK <= now / float(before[name]) <= BREAK:
            found.append(f"{name.split('_')[0]}_break")
        if line["fiscal_year"] == "2024-25" and now != float(ministry[name]):
            found.append(f"{name.split('_')[0]}_differ")
    return found


def _years() -> list[dict[str, object]]:
    """A row a fiscal year: GDP, price index (2024-25 = 100) and national budget where a source was found."""
    index = _price_index()
    rows = []
    for starts in range(2008, 2025):
        year = f"{starts}-{(starts + 1) % 100:02d}"
        gdp, gdp_source = OTHER_GDP.get(year, (None, ""))
        if starts + 1 in GDP:
            gdp, gdp_source = round(GDP[starts + 1] / 10, 2), WDI_GDP
        budget, budget_source = NATIONAL.get(year, (None, ""))
        value, price_source = index[year]
        rows.append({
            "fiscal_year": year, "gdp_crore": gdp, "gdp_base": "" if gdp is None else _base(starts),
            "gdp_source": gdp_source, "price_index": f"{value:.4f}", "price_source": price_source,
            "budget_crore": budget, "budget_source": budget_source,
        })  # fmt: skip
    return rows


def _base(starts: int) -> str:
    return "2005-06" if starts < 2015 else "2015-16"


def _price_index() -> dict[str, tuple[float, str]]:
    """Fiscal years from calendar years: the mean of the two that it lies in; 2024-25 = 100."""
    calendar = {2008: 100.0}
    for year, rate in CPI.items():
        calendar[year] = calendar[year - 1] * (1 + rate / 100)
    index = {}
    for starts in range(2008, 2024):
        index[f"{starts}-{(starts + 1) % 100:02d}"] = ((calendar[starts] + calendar[starts + 1]) / 2, WDI_CPI)
    for year, (rate, source) in FISCAL_CPI.items():
        before = f"{int(year[:4]) - 1}-{int(year[:4]) % 100:02d}"
        index[year] = (index[before][0] * (1 + rate / 100), source)
    last = index["2024-25"][0]
    return {year: (value / last * 100, source) for year, (value, source) in index.items()}

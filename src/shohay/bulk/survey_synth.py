"""A household survey of people who do not exist: two-stage sample of the synthetic population, with its mapping.

Strata are division x (rural, urban); clusters are unions or wards, drawn with chances in proportion to their
households; in each, households are drawn at random. Welfare follows the synthetic income; who receives what follows
the rules of the programmes loosely, poorer households more often, so that errors of targeting are there to be seen.
Nothing of it is a finding about Bangladesh: every survey made here says that it is synthetic.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import NamedTuple

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from shohay.bulk.synth import generate
from shohay.bulk.synth.areas import unions

PLACES = 24  # unions and wards of a division
CLUSTERS = 12  # of a stratum
WITHIN = 16  # households of a cluster
HOUSEHOLDS = 41_000_000  # that the weights stand for (census 2022, rounded)
LINE, LINE_LOW = 3822.0, 2755.0  # taka a person and month: this example's two lines
POOR = 0.19  # of the people, before the round's own growth
SPREAD = 0.62  # elasticity of welfare to income a head


class Round(NamedTuple):
    """How a round differs: seed, growth of welfare, reach of the programmes."""

    label: str
    day: dt.date
    seed: int
    growth: float
    reach: float


ROUNDS = {
    "2022": Round("2022", dt.date(2022, 7, 1), 11, 1.00, 0.8),
    "2025": Round("2025", dt.date(2025, 7, 1), 23, 1.06, 1.1),
}

# code -> taka a month, chance to receive if entitled and at the poverty line, whether rich or poor matters, kind
BENEFITS: dict[str, tuple[float, float, float, str]] = {
    "OAA": (600, 0.50, 0.7, "social_assistance"),
    "WDA": (550, 0.45, 0.7, "social_assistance"),
    "MCBP": (800, 0.30, 0.8, "social_assistance"),
    "FFP": (750, 0.22, 1.6, "social_assistance"),
    "PENSION": (9000, 0.95, 0.0, "social_insurance"),
}

# a row a household: where, how large, who heads it, how many are entitled to what
FACTS = """
select h.household_id, left(h.area_code, 2) as div,
    case when area_type = 'rural' then 'rural' else 'urban' end as area,
    h.area_code as place, count(*) as size, coalesce(any_value(h.annual_income), 60000) as income,
    coalesce(any_value(sex) filter (relation = 'head'), 'male') as head,
    coalesce(bool_or(disability <> 'none'), false) as disabled,
    count(*) filter (age >= case sex when 'female' then 62 else 65 end) as "OAA",
    count(*) filter (marital_status in ('widowed', 'divorced') and sex = 'female' and age between 18 and 61) as "WDA",
    count(*) filter (sex = 'female' and age between 20 and 35 and relation in ('spouse', 'head')) as "MCBP",
    1 as "FFP",
    count(*) filter (government_pension) as "PENSION"
from read_parquet('{folder}/households.parquet') h
join (select *, date_diff('year', birth_date, date '{day}') as age from read_parquet('{folder}/persons.parquet')) p
    using (household_id)
group by h.household_id, h.area_code, area_type order by h.household_id
"""


def write_survey(*, label: str, households: int, out: Path) -> tuple[Path, Path]:
    """Write the microdata (CSV) and their mapping document; the same arguments give the same bytes."""
    chosen = ROUNDS[label]
    out.mkdir(parents=True, exist_ok=True)
    codes: dict[str, list[str]] = {}
    for row in unions():
        codes.setdefault(row["code"][:2], []).append(row["code"])
    places = [code for of in codes.values() for code in of[:: max(1, len(of) // PLACES)][:PLACES]]
    made = generate(
        households=households, seed=chosen.seed, areas=pa.table({"area_code": places}), out=out / "people",
        form="snapshot", as_of=chosen.day, bad_rows=False, workers=1,
    )  # fmt: skip
    with duckdb.connect(config={"threads": 1}) as con:
        facts = con.execute(FACTS.format(folder=made.paths["snapshot"], day=chosen.day)).to_arrow_table()
    rng = np.random.Generator(np.random.PCG64(chosen.seed))
    people = {name: facts[name].to_numpy(zero_copy_only=False) for name in facts.column_names}
    people |= _lives(people, chosen, rng)
    rows, weight = _sample(people, rng)
    microdata, mapping = out / f"synthetic-{label}.csv", out / f"synthetic-{label}.yaml"
    pa_csv.write_csv(_table(people, rows, weight), microdata)
    mapping.write_text(_mapping(chosen), encoding="utf-8")
    return microdata, mapping


def _lives(of: dict[str, np.ndarray], chosen: Round, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Welfare a head before and after transfers, and taka a year of each programme, by household."""
    size = of["size"].astype(float)
    income = np.maximum(of["income"].astype(float), 12_000) / size
    order = np.argsort(income, kind="stable")
    reached = np.cumsum(size[order]) / size.sum()
    limit = income[order][np.searchsorted(reached, POOR)]
    welfare = LINE * chosen.growth * (income / limit) ** SPREAD * np.exp(rng.normal(0, 0.12, len(size)))
    found: dict[str, np.ndarray] = {}
    transfers = np.zeros(len(size))
    for code, (monthly, chance, slope, _) in BENEFITS.items():
        share = np.clip(chance * chosen.reach * (LINE / welfare) ** slope, 0, 0.95)
        got = rng.binomial(of[code].astype(int), share) * monthly * 12.0
        found[f"taka_{code}"] = got
        transfers += got / 12 / size
    return {**found, "welfare": np.round(welfare + transfers, 2)}


def _sample(of: dict[str, np.ndarray], rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Rows drawn and their weights: clusters in proportion to size (systematic), then households at random."""
    strata = np.char.add(of["div"].astype(str), of["area"].astype(str))
    chosen_rows, weights = [], []
    for stratum in np.unique(strata):
        inside = np.flatnonzero(strata == stratum)
        clusters, number = np.unique(of["place"][inside].astype(str), return_counts=True)
        wanted = min(CLUSTERS, len(clusters))
        step = number.sum() / wanted
        drawn = np.searchsorted(np.cumsum(number), rng.random() * step + step * np.arange(wanted), side="right")
        times = np.bincount(drawn, minlength=len(clusters))
        for at in np.flatnonzero(times):
            rows = inside[of["place"][inside].astype(str) == clusters[at]]
            take = min(len(rows), WITHIN * int(times[at]))
            chosen_rows.append(rng.choice(rows, take, replace=False))
            weights.append(np.full(take, times[at] * step / number[at] * len(rows) / take))
    rows, weight = np.concatenate(chosen_rows), np.concatenate(weights)
    return rows, np.round(weight * HOUSEHOLDS / len(strata), 3)


def _table(of: dict[str, np.ndarray], rows: np.ndarray, weight: np.ndarray) -> pa.Table:
    stratum = np.char.add(np.char.add(of["div"].astype(str), "-"), of["area"].astype(str))
    psu = np.char.add(of["place"].astype(str), np.where(of["area"].astype(str) == "rural", "-1", "-2"))
    columns = {
        "hhid": of["household_id"][rows], "stratum": stratum[rows], "psu": psu[rows],
        "hhwgt": weight, "hhsize": of["size"][rows], "div": of["div"][rows].astype(str),
        "area": of["area"][rows].astype(str), "sexhead": of["head"][rows].astype(str),
        "disab": of["disabled"][rows].astype(int),
        "pcexp": of["welfare"][rows],
    }  # fmt: skip
    columns |= {code.lower(): of[f"taka_{code}"][rows] for code in BENEFITS}
    return pa.table(columns)


def _mapping(chosen: Round) -> str:
    programmes = "\n".join(
        f"  {code}: {{amount: {code.lower()}, of: household, months: 12, kind: {kind}}}"
        for code, (_, _, _, kind) in BENEFITS.items()
    )
    return f"""# What the columns of this file mean. The people in it are invented: nothing here is a finding.
survey: SYNTH
round: "{chosen.label}"
title:
  bn: "নমুনা খানা জরিপ (কৃত্রিম তথ্য)"
  en: "Example household survey (synthetic data)"
collected_on: {chosen.day.isoformat()}
source: "shohay survey synth {chosen.label}, seed {chosen.seed}"
synthetic: true
columns:
  household: hhid
  weight: hhwgt
  weight_of: household
  size: hhsize
  stratum: stratum
  psu: psu
  welfare: {{column: pcexp, months: 1}}
  line: {{value: {LINE:g}}}
  line_low: {{value: {LINE_LOW:g}}}
groups:
  division: {{column: div}}
  area_type: {{column: area}}
  head_sex: {{column: sexhead}}
  disability: {{column: disab, values: {{"1": "yes", "0": "no"}}}}
programmes:
{programmes}
"""

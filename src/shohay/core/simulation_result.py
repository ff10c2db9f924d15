"""What a simulation returns: JSON, described once, for screens, exports and tests.

Money is whole poisha (of a year, where nothing else is said); shares are 0 to 1; people and households are weighted
counts, rounded to whole ones. ``None`` stands where there is nothing to divide by or where something is not known.
Lists are in a fixed order: scenarios as given, programmes as in the scenario, areas by level and code.
"""

from __future__ import annotations

from typing import Any, TypedDict

from shohay.core.messages import Text

ALL = ""  # the programme of what holds for all programmes of a scenario together
NOT_KNOWN = "not_known"  # the group of those whose group is not known
UNFAIR = 1.25  # an exclusion error above so many times the average is flagged

# measures of a row of Scenario.measures
MEASURES: dict[str, Text] = {
    "coverage": Text("আওতা: সুবিধাভোগী পরিবারে থাকা মানুষের অংশ", "Coverage: share of people in reached households"),
    "exclusion": Text("বর্জন ত্রুটি: দরিদ্রদের মধ্যে যাঁরা বাদ", "Exclusion error: share of the poor not reached"),
    "left_out": Text("যোগ্য দরিদ্রদের মধ্যে যাঁরা বাদ", "Share of the eligible poor who are left out"),
    "inclusion": Text("অন্তর্ভুক্তি ত্রুটি: সুবিধাভোগীর মধ্যে যাঁরা দরিদ্র নন",
                      "Inclusion error: share of the reached who are not poor"),
    "exclusion_poorest": Text("সবচেয়ে দরিদ্র অংশের যাঁরা বাদ", "Share of the poorest part not reached"),
    "inclusion_poorest": Text("সুবিধাভোগীর মধ্যে যাঁরা সবচেয়ে দরিদ্র অংশের নন",
                              "Share of the reached outside the poorest part"),
    "adequacy": Text("পর্যাপ্ততা: সুবিধাভোগীর মোট ভোগের মধ্যে সুবিধার অংশ",
                     "Adequacy: benefit as a share of the welfare of the reached, benefit included"),
    "benefit_share_poor": Text("সুবিধার যে অংশ দরিদ্ররা পান", "Share of the benefits that goes to the poor"),
    "headcount_before": Text("দারিদ্র্যের হার, আগে", "Poverty rate before"),
    "headcount": Text("দারিদ্র্যের হার, পরে", "Poverty rate after"),
    "gap_before": Text("দারিদ্র্যের ব্যবধান, আগে", "Poverty gap before"),
    "gap": Text("দারিদ্র্যের ব্যবধান, পরে", "Poverty gap after"),
    "gini_before": Text("গিনি সহগ, আগে", "Gini coefficient before"),
    "gini": Text("গিনি সহগ, পরে", "Gini coefficient after"),
}  # fmt: skip

# dimensions of groups (``by``); '' is everybody
DIMENSIONS: dict[str, Text] = {
    "": Text("সবাই", "Everybody"),
    "sex": Text("লিঙ্গ", "Sex"),
    "age": Text("বয়স", "Age"),
    "disability": Text("প্রতিবন্ধিতা", "Disability"),
    "community": Text("ক্ষুদ্র জাতিসত্তা ও অনগ্রসর সম্প্রদায়", "Ethnic-minority and disadvantaged communities"),
    "minority_area": Text("ক্ষুদ্র জাতিসত্তার এলাকা", "Ethnic-minority area"),
    "hard_to_reach": Text("দুর্গম এলাকা", "Hard-to-reach area"),
    "head_sex": Text("পরিবারপ্রধানের লিঙ্গ", "Sex of the head"),
    "area_type": Text("গ্রাম ও শহর", "Rural and urban"),
    "division": Text("বিভাগ", "Division"),
    "decile": Text("কল্যাণের দশমাংশ", "Decile of welfare before transfers"),
}
PERSON_DIMENSIONS = ("sex", "age", "disability", "community")
FAIRNESS = ("sex", "age", "disability", "community", "minority_area", "hard_to_reach", "head_sex", "area_type")
AGE_BANDS = (0, 5, 18, 36, 60, 65, 80)  # first age of each band; groups are named '0-4', ... '80+'

GROUPS: dict[str, Text] = {
    "male": Text("পুরুষ", "Men"), "female": Text("নারী", "Women"), "hijra": Text("হিজড়া", "Hijra"),
    "yes": Text("হ্যাঁ", "Yes"), "no": Text("না", "No"), NOT_KNOWN: Text("জানা নেই", "Not known"),
    "rural": Text("গ্রাম", "Rural"), "urban": Text("শহর", "Urban"), "city": Text("সিটি কর্পোরেশন", "City corporation"),
}  # fmt: skip

# warnings: code -> sentence with the blanks of ``params`` (programme is a code)
WARNINGS: dict[str, Text] = {
    "true_for_everyone": Text("{programme}: “{criterion}” শর্তটি সবার জন্যই পূরণ হয়।",
                              "{programme}: the criterion “{criterion}” is true for everyone."),
    "true_for_no_one": Text("{programme}: “{criterion}” শর্তটি কারও জন্যই পূরণ হয় না।",
                            "{programme}: the criterion “{criterion}” is true for no one."),
    "nobody_eligible": Text("{programme}: কেউ যোগ্য নন।", "{programme}: nobody is eligible."),
    "quota_over_eligible": Text("{programme}: {areas}টি উপজেলায় কোটা যোগ্য সংখ্যার চেয়ে {places}টি বেশি।",
                                "{programme}: in {areas} areas the quota exceeds the eligible by {places} places."),
    "no_quota": Text("{programme}: কোটা দেওয়া নেই, তাই যোগ্য সবাইকে ধরা হয়েছে।",
                     "{programme}: no quota was given, so everyone eligible is counted in."),
    "cannot_tell": Text("{programme}: {count} জনের যোগ্যতা বলা যায় না, তথ্য নেই: {facts}।",
                        "{programme}: for {count} it cannot be told; missing: {facts}."),
    "no_poverty_figure": Text("{areas}টি এলাকার দারিদ্র্যের হার জানা নেই।",
                              "{areas} areas have no poverty figure."),
    "unknown_area": Text("তালিকার {areas}টি উপজেলা এই তথ্যভাণ্ডারে নেই।",
                         "{areas} upazilas of the list do not occur in this data."),
    "welfare_unknown": Text("{count} জনের কল্যাণের পরিমাপ জানা নেই; দারিদ্র্যের হিসাবে তাঁদের ধরা হয়নি।",
                            "The welfare of {count} people is not known; poverty is measured without them."),
    "goods_not_valued": Text("{programme}: পণ্যের দাম দেওয়া নেই, তাই ব্যয়ে ধরা হয়নি।",
                             "{programme}: its goods have no price in the scenario, so they are not in the cost."),
    "per_event": Text("{programme}: ঘটনাভিত্তিক সুবিধা হিসাবে ধরা হয়নি।",
                      "{programme}: what is given at an event is not in the figures."),
    "unfair": Text("{programme} {by} {group}: বর্জন ত্রুটি গড়ের {ratio} গুণ।",
                   "{programme} {by} {group}: the exclusion error is {ratio} times the average."),
    "other_day": Text("এই দৃশ্যপটের তারিখ প্রথমটির থেকে আলাদা; প্রথমটির তারিখে গণনা হয়েছে।",
                      "This scenario has another day than the first; it was computed on the day of the first."),
    "sample": Text("{percent}% নমুনা থেকে হিসাব করা।", "Computed from a sample of {percent}%."),
}  # fmt: skip


class Line(TypedDict):
    """The poverty line: ``kind`` given (by the scenario), base (of the survey), share (below it live ``percent``)."""

    kind: str
    value: float | None  # taka a person and month; None where the base has several
    percent: float | None
    source: str


class Base(TypedDict):
    """On what was computed. ``kind``: registry or survey; ``welfare``: survey, formula or income.

    ``quota_level``: upazila or division.
    """

    kind: str
    sha256: str
    as_of: str
    synthetic: bool
    households: int  # records
    persons: int
    weighted_people: int
    weighted_households: int
    welfare: str
    formula: str  # its code, '' without one
    line: Line
    poorest: float
    not_known: list[str]  # dimensions that this data cannot tell, such as hard_to_reach
    quota_level: str


class Totals(TypedDict):
    """All programmes of a scenario. ``caseload`` counts benefits, ``people`` those who live in reached households."""

    caseload: int
    eligible: int
    people: int
    households: int
    transfers: int
    goods: int  # value of goods, part of transfers
    administration: int
    cost: int
    coverage: float | None
    population: int
    poor: int


class Programme(TypedDict):
    """One programme of a scenario; ``unit`` person or household; ``goods``: grams by unit of goods.

    ``origin``: published, draft, changed or new.
    """

    code: str
    title_bn: str
    title_en: str
    unit: str
    origin: str
    sha256: str
    take_up: float
    eligible: int
    cannot_tell: int
    asking: int  # eligible, not excluded by another programme, and taking it up
    quota: int | None
    caseload: int
    people: int
    households: int
    transfers: int
    goods: dict[str, int]
    administration: int
    cost: int
    average: float | None  # transfers a beneficiary and year, poisha
    failed: dict[str, int]  # criterion -> how many fail it


class Measure(TypedDict):
    """One figure. ``ratio``: to the figure of everybody (fairness), ``flag``: unfair, few or ''. Errors on surveys."""

    measure: str
    programme: str
    by: str
    group: str
    value: float | None
    error: float | None
    average: float | None
    ratio: float | None
    people: int  # whom the figure is about (its denominator)
    flag: str


class Decile(TypedDict):
    """Incidence: of the beneficiaries (people in reached households) and of the benefits, by decile, 1 = poorest."""

    programme: str
    decile: int
    people: int
    reached: int
    transfers: int
    beneficiary_share: float | None
    benefit_share: float | None
    coverage: float | None
    adequacy: float | None


class Area(TypedDict):
    """``level``: division, district or upazila; ``programmes``: code -> [caseload, cost]."""

    area_code: str
    level: str
    people: int
    poor: int
    caseload: int
    cost: int
    coverage: float | None
    exclusion: float | None
    headcount_before: float | None
    headcount: float | None
    programmes: dict[str, list[int]]


class Winners(TypedDict):
    """People in households that get more, or less, than under the first scenario; ``gain`` net, poisha a year."""

    by: str
    group: str
    people: int
    winners: int
    losers: int
    gain: int
    gained: int
    lost: int


class Overlap(TypedDict):
    """People who live in households on both; a = b: on that one. ``same_person``: those on both themselves.

    ``b`` may be a programme that the scenario does not simulate but households hold now (``held``).
    """

    a: str
    b: str
    people: int
    same_person: int
    held: bool


class Year(TypedDict):
    """One fiscal year of the projection; ``programmes``: code -> [caseload, cost]."""

    year: str
    population: int
    caseload: int
    cost: int
    programmes: dict[str, list[int]]


class Warned(TypedDict):
    """Something to know before trusting a figure: a code of WARNINGS and what fills its blanks."""

    code: str
    params: dict[str, Any]


class ScenarioResult(TypedDict):
    title: dict[str, str]  # bn, en
    sha256: str
    totals: Totals
    programmes: list[Programme]
    measures: list[Measure]
    deciles: list[Decile]
    areas: list[Area]
    winners: list[Winners]
    overlap: list[Overlap]
    projection: list[Year]
    warnings: list[Warned]


class Difference(TypedDict):
    """A figure of a scenario beside that of the first one."""

    scenario: int  # 1 = the second
    measure: str  # of Totals or of MEASURES
    programme: str
    first: float | None
    value: float | None
    difference: float | None


class Result(TypedDict):
    """What bulk.simulation.simulate returns."""

    format: int
    base: Base
    on: str
    fiscal_year: str
    years: int
    sample: float
    seed: int
    scenarios: list[ScenarioResult]
    compare: list[Difference]

"""The named counts that computed indicators are made of: what is counted, of what, split how, and where to see it.

``splits``: by which groups the count is made beside the total: sex, programme, quintile, ministry, criterion.
``level``: district, or country where it cannot be told by place. ``of``: what the number counts; only people are
hidden when few.
``page`` is the address of the office (a name of its rail) whose rows the count is made of, '' where there is no list.
"""

from __future__ import annotations

from dataclasses import dataclass

from shohay.core.messages import Text

SOURCES = ("registry", "enrolment", "applications", "quotas", "payments", "grievance", "quality", "budget", "national",
           "welfare", "survey", "results", "passed")  # fmt: skip
SPLITS = ("sex", "programme", "quintile", "ministry", "criterion")


@dataclass(frozen=True, slots=True)
class Count:
    """One count of the vocabulary."""

    name: str
    text: Text
    source: str
    splits: tuple[str, ...]
    of: str
    page: str = ""
    level: str = "district"


_SEX, _PROGRAMME, _BOTH, _QUINTILE = ("sex",), ("programme",), ("sex", "programme"), ("quintile",)
_TABLE: tuple[tuple[str, str, tuple[str, ...], str, str, str, str], ...] = (
    # name, source, splits, of, page, Bangla, English
    ("people", "registry", _SEX, "people", "people", "নিবন্ধিত জীবিত মানুষ", "Living people in the registry"),
    ("children", "registry", _SEX, "people", "people", "০-১৪ বছর বয়সী শিশু", "Children aged 0 to 14"),
    ("older_people", "registry", _SEX, "people", "people", "বয়স্ক ভাতার বয়সী মানুষ (নারী ৬২, পুরুষ ৬৫ বছর)",
     "People of the age of the old age allowance (women 62, men 65)"),
    ("people_with_disability", "registry", _SEX, "people", "people", "প্রতিবন্ধিতা আছে বলে নথিভুক্ত মানুষ",
     "People recorded with a disability"),
    ("births", "registry", (), "people", "people", "ওই অর্থবছরে জন্ম নেওয়া নিবন্ধিত শিশু",
     "Registered children born in the fiscal year"),
    ("contributors", "registry", _SEX, "people", "people", "সরকারি বেতন বা পেনশনভোগী মানুষ",
     "People with a government salary or pension"),
    ("households", "registry", (), "households", "people", "নিবন্ধিত খানা", "Households in the registry"),
    ("households_complete", "registry", (), "households", "quality", "আর্থসামাজিক তথ্য পূর্ণ আছে এমন খানা",
     "Households with complete socio-economic data"),
    ("households_recent", "registry", (), "households", "quality", "গত ২৪ মাসে হালনাগাদ হওয়া খানা",
     "Households recorded in the last 24 months"),
    ("census_households", "registry", (), "households", "", "জনশুমারি ২০২২ অনুযায়ী খানা (জনসংখ্যা ÷ ৪)",
     "Households by the census of 2022 (population over 4)"),
    ("expected_poor_permille", "welfare", _SEX, "permille", "", "দারিদ্র্য স্কোর অনুযায়ী প্রত্যাশিত দরিদ্র মানুষ (× ১,০০০)",
     "Expected poor people by the poverty score (x 1,000)"),
    ("quintile_people", "welfare", _QUINTILE, "people", "", "দারিদ্র্য স্কোরের পঞ্চমাংশের মানুষ",
     "People in a fifth of the poverty score"),
    ("beneficiaries", "enrolment", _SEX, "people", "enrolments", "উপকারভোগী (একজন একবার)",
     "Beneficiaries, each counted once"),
    ("benefits", "enrolment", _BOTH, "enrolments", "enrolments", "কর্মসূচিতে অন্তর্ভুক্তি",
     "Enrolments on programmes"),
    ("benefits_identified", "enrolment", _BOTH, "enrolments", "enrolments", "পরিচয় যাচাই হওয়া উপকারভোগীর অন্তর্ভুক্তি",
     "Enrolments of people whose identity was verified"),
    ("incompatible_people", "enrolment", _SEX, "people", "enrolments", "একসঙ্গে চলে না এমন কর্মসূচিতে থাকা মানুষ",
     "People on programmes that exclude each other"),
    ("programmes_linked", "enrolment", (), "programmes", "definitions", "এই ব্যবস্থায় উপকারভোগী আছে এমন কর্মসূচি",
     "Programmes with beneficiaries in this system"),
    ("applications_decided", "applications", _BOTH, "applications", "lists", "নিষ্পন্ন আবেদন", "Applications decided"),
    ("decision_days", "applications", _BOTH, "days", "lists", "আবেদন থেকে সিদ্ধান্ত পর্যন্ত দিনের যোগফল",
     "Days from application to decision, added up"),
    ("eligible_applicants", "applications", _BOTH, "people", "lists", "যোগ্য আবেদনকারী", "Eligible applicants"),
    ("eligible_waiting", "applications", _BOTH, "people", "left-out", "অন্তর্ভুক্ত হননি এমন যোগ্য আবেদনকারী",
     "Eligible applicants not enrolled"),
    ("places", "quotas", _PROGRAMME, "places", "quotas", "বরাদ্দকৃত কোটা", "Places in the quotas"),
    ("people_paid_of_places", "quotas", _PROGRAMME, "people", "payrolls", "কোটাভুক্ত কর্মসূচিতে টাকা পাওয়া মানুষ",
     "People paid where there are quotas"),
    ("people_paid", "payments", _BOTH, "people", "payrolls", "টাকা পেয়েছেন এমন মানুষ (একজন একবার)",
     "People paid, each counted once"),
    ("women_paid", "payments", _PROGRAMME, "people", "payrolls", "টাকা পেয়েছেন এমন নারী", "Women and girls paid"),
    ("payments_due", "payments", _BOTH, "payments", "payrolls", "প্রাপ্য পরিশোধ", "Payments due"),
    ("payments_sent", "payments", _BOTH, "payments", "payrolls", "পাঠানো পরিশোধ", "Payments sent"),
    ("payments_credited", "payments", _BOTH, "payments", "payrolls", "হিসাবে জমা হওয়া পরিশোধ", "Payments credited"),
    ("payments_timely", "payments", _BOTH, "payments", "payrolls", "মেয়াদ শেষের ১৫ দিনের মধ্যে জমা হওয়া পরিশোধ",
     "Payments credited within 15 days of the end of their period"),
    ("payments_own_account", "payments", _BOTH, "payments", "accounts", "নিজের বলে যাচাই হওয়া হিসাবে পরিশোধ",
     "Payments to an account confirmed as the person's own"),
    ("poisha_paid", "payments", _BOTH, "poisha", "payrolls", "পরিশোধিত অর্থ (পয়সা)", "Money paid (poisha)"),
    ("poisha_digital", "payments", _BOTH, "poisha", "payrolls", "হিসাব বা ওয়ালেটে পরিশোধিত অর্থ (পয়সা)",
     "Money paid to accounts and wallets (poisha)"),
    ("children_covered", "payments", _SEX, "people", "payrolls", "শিশু বা পারিবারিক ভাতা পাওয়া খানার শিশু",
     "Children in households paid a child or family benefit"),
    ("older_covered", "payments", _SEX, "people", "payrolls", "বয়স্ক ভাতা বা পেনশন পাওয়া প্রবীণ",
     "Older people paid an allowance or with a pension"),
    ("disabled_covered", "payments", _SEX, "people", "payrolls", "প্রতিবন্ধী ভাতা বা উপবৃত্তি পাওয়া প্রতিবন্ধী ব্যক্তি",
     "People with a disability paid a disability benefit"),
    ("mothers_paid", "payments", (), "people", "payrolls", "মা ও শিশু সহায়তা পাওয়া মা", "Mothers paid a maternity benefit"),
    ("poor_covered_permille", "welfare", _SEX, "permille", "", "সহায়তা পাওয়া খানার প্রত্যাশিত দরিদ্র মানুষ (× ১,০০০)",
     "Expected poor people in households that were paid (x 1,000)"),
    ("recipients_scored", "welfare", _SEX, "people", "", "দারিদ্র্য স্কোর জানা আছে এমন টাকা-পাওয়া মানুষ",
     "People paid whose poverty score is known"),
    ("recipients_not_poor_permille", "welfare", _SEX, "permille", "", "টাকা পাওয়া প্রত্যাশিত অদরিদ্র মানুষ (× ১,০০০)",
     "Expected people paid who are not poor (x 1,000)"),
    ("quintile_covered", "welfare", _QUINTILE, "people", "", "সহায়তা পাওয়া খানার মানুষ, পঞ্চমাংশ অনুযায়ী",
     "People in households that were paid, by fifth"),
    ("all_covered", "welfare", _QUINTILE, "people", "", "সহায়তা পাওয়া খানার সব মানুষ",
     "All people in households that were paid"),
    ("quintile_poisha", "welfare", _QUINTILE, "poisha", "", "পঞ্চমাংশে পৌঁছানো অর্থ (পয়সা)",
     "Money that reached the fifth (poisha)"),
    ("all_poisha", "welfare", _QUINTILE, "poisha", "", "স্কোর জানা খানায় পৌঁছানো সব অর্থ (পয়সা)",
     "All money that reached scored households (poisha)"),
    ("poorest_fifth_poisha", "welfare", (), "poisha", "", "দরিদ্রতম পঞ্চমাংশে পৌঁছানো অর্থ (পয়সা)",
     "Money that reached the poorest fifth (poisha)"),
    ("income_poisha", "welfare", _QUINTILE, "poisha", "", "সহায়তা পাওয়া খানার ঘোষিত বার্ষিক আয় (পয়সা)",
     "Declared yearly income of households that were paid (poisha)"),
    ("income_known_poisha", "welfare", _QUINTILE, "poisha", "", "আয় জানা খানায় পরিশোধিত অর্থ (পয়সা)",
     "Money paid to households whose income is known (poisha)"),
    ("receiving_members", "welfare", (), "people", "", "সহায়তা পাওয়া খানার সদস্য", "Members of households that were paid"),
    ("household_poisha", "welfare", (), "poisha", "", "খানায় পরিশোধিত অর্থ (পয়সা)", "Money paid to households (poisha)"),
    ("misaligned_millionths", "welfare", (), "millionths", "", "উপজেলার অর্থের ও দরিদ্রের অংশের ব্যবধান (× ১০ লাখ)",
     "Gap between upazilas' shares of money and of the poor (x 1,000,000)"),
    ("grievances", "grievance", _PROGRAMME, "grievances", "grievances", "গৃহীত অভিযোগ", "Grievances received"),
    ("grievances_due", "grievance", _PROGRAMME, "grievances", "grievances", "৩০ দিন পেরিয়েছে বা নিষ্পন্ন হয়েছে এমন অভিযোগ",
     "Grievances answered, or older than 30 days"),
    ("grievances_in_time", "grievance", _PROGRAMME, "grievances", "grievances", "৩০ দিনের মধ্যে জবাব পাওয়া অভিযোগ",
     "Grievances answered within 30 days"),
    ("appeals_decided", "grievance", _PROGRAMME, "grievances", "grievances", "নিষ্পন্ন আপিল", "Appeals decided"),
    ("appeals_upheld", "grievance", _PROGRAMME, "grievances", "grievances", "মঞ্জুর আপিল",
     "Appeals decided for the complainant"),
    ("checks_run", "quality", (), "checks", "quality", "নথির মান যাচাই", "Checks of records"),
    ("checks_failed", "quality", (), "checks", "quality", "মান যাচাইয়ে ধরা পড়া ত্রুটি", "Checks that found something"),
)  # fmt: skip
_COUNTRY: tuple[tuple[str, str, tuple[str, ...], str, str, str, str], ...] = (
    ("programmes_cash_or_food", "budget", (), "programmes", "", "নগদ বা খাদ্য সহায়তার কর্মসূচি",
     "Programmes with a cash or food benefit"),
    ("budget", "budget", ("ministry",), "poisha", "", "সামাজিক সুরক্ষা বরাদ্দ (পয়সা)",
     "Social protection allocation (poisha)"),
    ("budget_lifecycle", "budget", ("ministry",), "poisha", "", "মূল জীবনচক্রভিত্তিক নগদ কর্মসূচির বরাদ্দ (পয়সা)",
     "Allocation of core life-cycle cash programmes (poisha)"),
    ("budget_concentration_millionths", "budget", ("ministry",), "millionths", "",
     "কর্মসূচির বরাদ্দ-অংশের বর্গের যোগফল (× ১০ লাখ)", "Squared shares of programmes, added up (x 1,000,000)"),
    ("budget_to_spend", "budget", ("ministry",), "poisha", "", "ব্যয়ের তথ্য আছে এমন কর্মসূচির (সংশোধিত) বরাদ্দ (পয়সা)",
     "(Revised) allocation of programmes whose spending is known (poisha)"),
    ("budget_spent", "budget", ("ministry",), "poisha", "", "প্রকৃত ব্যয় (পয়সা)", "Actual spending (poisha)"),
    ("gdp_poisha", "national", (), "poisha", "", "চলতি মূল্যে জিডিপি (পয়সা)", "GDP at current prices (poisha)"),
    ("national_budget_poisha", "national", (), "poisha", "", "জাতীয় বাজেট (পয়সা)", "The national budget (poisha)"),
    ("reports_due", "results", ("ministry",), "reports", "indicators-missing", "প্রাপ্য প্রতিবেদন", "Reports due"),
    ("reports_in_time", "results", ("ministry",), "reports", "indicators-missing", "সময়মতো পাওয়া প্রতিবেদন",
     "Reports received in time"),
    ("actions_due", "passed", ("ministry",), "actions", "plan", "সময়সীমা এসে গেছে এমন কার্যক্রম",
     "Reform actions whose deadline has come"),
    ("actions_in_time", "passed", ("ministry",), "actions", "plan", "সময়মতো সম্পন্ন কার্যক্রম",
     "Reform actions completed in time"),
    ("actions_late", "passed", ("ministry",), "actions", "plan", "সময়সীমা-অতিক্রান্ত কার্যক্রম",
     "Reform actions that are late"),
    ("districts_planned", "passed", (), "districts", "trainings", "বছরে প্রশিক্ষণের জন্য পরিকল্পিত জেলা",
     "Districts whose field committees the plan wants trained in a year"),
    ("districts_trained", "passed", (), "districts", "trainings", "মাঠ কমিটির প্রশিক্ষণ পাওয়া জেলা",
     "Districts whose field committees were trained"),
    ("dli_due_cents", "results", (), "cents", "dlis", "প্রাপ্য ডিএলআই মূল্য (সেন্ট)", "Value of the DLIs due (cents)"),
    ("dli_verified_cents", "results", (), "cents", "dlis", "যাচাইকৃত ফলের জন্য অর্জিত ডিএলআই মূল্য (সেন্ট)",
     "Value earned by verified DLI results (cents)"),
    ("performance_weight_millionths", "results", ("programme",), "millionths", "budget",
     "কর্মসম্পাদনের পরিমাপগুলোর ভারের যোগফল (× ১০ লাখ)", "Weights of the measures of performance (x 1,000,000)"),
    ("performance_reached_millionths", "results", ("programme",), "millionths", "budget",
     "ভার × লক্ষ্য অর্জনের হার, যোগফল (× ১০ লাখ)", "Weight times share of the target reached, added up (x 1,000,000)"),
    ("codi_fields", "results", ("criterion",), "fields", "codis", "স্কোর পাওয়া কোডি ক্ষেত্র", "CODI fields with a score"),
    ("codi_score_millionths", "results", ("criterion",), "millionths", "codis",
     "কোডি ক্ষেত্রগুলোর স্কোরের যোগফল, ০ থেকে ১ (× ১০ লাখ)", "Scores of the CODI fields, 0 to 1, added up (x 1,000,000)"),
    ("programmes_major", "results", ("ministry",), "programmes", "frameworks", "বরাদ্দে শীর্ষ ২০ কর্মসূচি",
     "The 20 programmes with the largest budget"),
    ("programmes_assessed", "results", ("ministry",), "programmes", "frameworks",
     "অনুমোদিত ফলাফল কাঠামো ও তিন বছরের মধ্যে মূল্যায়ন আছে এমন প্রধান কর্মসূচি",
     "Of them, those with an approved results framework and an evaluation of the last three years"),
    ("release_due", "budget", ("ministry",), "poisha", "budget", "ছাড়ের দিন ঠিক করা ছিল এমন ছাড়কৃত অর্থ (পয়সা)",
     "Money released that had a planned day (poisha)"),
    ("release_in_time", "budget", ("ministry",), "poisha", "budget", "নির্ধারিত দিনে বা আগে ছাড় হওয়া অর্থ (পয়সা)",
     "Money released on or before its planned day (poisha)"),
    ("benefit_base_poisha", "budget", ("programme",), "poisha", "definitions",
     "মাসিক নগদ সুবিধা, শেষ সংশোধনের বছরে (পয়সা)", "Monthly cash benefit in the year of its last revision (poisha)"),
    ("benefit_real_poisha", "budget", ("programme",), "poisha", "definitions",
     "মাসিক নগদ সুবিধা, শেষ সংশোধনের বছরের মূল্যে (পয়সা)",
     "Monthly cash benefit at the prices of its last revision (poisha)"),
    ("lists_due", "results", ("programme",), "lists", "lists-shown", "উপকারভোগী আছে এমন কর্মসূচি-ইউনিয়ন জোড়া",
     "Lists of beneficiaries: programmes x unions"),
    ("lists_shown", "results", ("programme",), "lists", "lists-shown", "বছরে জনসমক্ষে দেখানো উপকারভোগী তালিকা",
     "Lists of beneficiaries shown in public in the year"),
    ("upazilas", "results", (), "upazilas", "lists-shown", "উপজেলা", "Upazilas"),
    ("upazilas_met", "results", (), "upazilas", "lists-shown", "বছরে উন্মুক্ত সভায় তালিকা পড়ে শোনানো হয়েছে এমন উপজেলা",
     "Upazilas in which a list was read out in an open meeting in the year"),
    ("poverty_before_millionths", "survey", (), "millionths", "surveys", "সহায়তা বাদে দারিদ্র্যের হার (× ১০ লাখ)",
     "Poverty rate without the transfers (x 1,000,000)"),
    ("poverty_after_millionths", "survey", (), "millionths", "surveys", "সহায়তাসহ দারিদ্র্যের হার (× ১০ লাখ)",
     "Poverty rate with the transfers (x 1,000,000)"),
    ("poverty_gap_before_millionths", "survey", (), "millionths", "surveys", "সহায়তা বাদে দারিদ্র্য ব্যবধান (× ১০ লাখ)",
     "Poverty gap without the transfers (x 1,000,000)"),
    ("poverty_gap_after_millionths", "survey", (), "millionths", "surveys", "সহায়তাসহ দারিদ্র্য ব্যবধান (× ১০ লাখ)",
     "Poverty gap with the transfers (x 1,000,000)"),
    ("gini_before_millionths", "survey", (), "millionths", "surveys", "সহায়তা বাদে জিনি সহগ (× ১০ লাখ)",
     "Gini coefficient without the transfers (x 1,000,000)"),
    ("gini_after_millionths", "survey", (), "millionths", "surveys", "সহায়তাসহ জিনি সহগ (× ১০ লাখ)",
     "Gini coefficient with the transfers (x 1,000,000)"),
    ("gap_closed_millionths", "survey", (), "millionths", "surveys",
     "প্রতি টাকা সহায়তায় কমা দারিদ্র্য ব্যবধান, টাকা (× ১০ লাখ)",
     "Taka of the poverty gap closed for each taka paid (x 1,000,000)"),
)  # fmt: skip


def _count(row: tuple[str, str, tuple[str, ...], str, str, str, str], level: str) -> Count:
    name, source, splits, of, page, bn, en = row
    return Count(name, Text(bn, en), source, splits, of, page, level)


COUNTS: dict[str, Count] = {row[0]: _count(row, "district") for row in _TABLE} | {
    row[0]: _count(row, "country") for row in _COUNTRY
}

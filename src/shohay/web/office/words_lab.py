"""Words of the policy lab: bases, states, measures beyond those of surveys, groups, warnings."""

from __future__ import annotations

LAB_WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "job": {"simulate": ("দৃশ্যপটের হিসাব", "Simulating the scenarios")},
    "step": {
        "lab_sample": ("নমুনা নেওয়া", "Drawing the sample"),
        "lab_read": ("মানুষ পড়া ও নিয়মে যাচাই", "Reading the people and deciding"),
        "lab_choose": ("দৃশ্যপট অনুযায়ী বাছাই", "Choosing, scenario by scenario"),
        "lab_measure": ("ফল মাপা", "Measuring what came out"),
    },
    "subject": {"lab": ("নীতি-তুলনা", "comparison")},
    "event": {
        "lab.begun": ("নীতি-তুলনা শুরু", "Comparison begun"),
        "lab.changed": ("নীতি-তুলনা বদল", "Comparison changed"),
        "lab.simulated": ("নীতি-তুলনার হিসাব", "Comparison simulated"),
        "lab.saved": ("নীতি-তুলনা সংরক্ষণ", "Comparison saved"),
        "lab.copied": ("নীতি-তুলনার অনুলিপি", "Comparison copied"),
        "lab.dropped": ("নীতি-তুলনা বাদ", "Comparison dropped"),
        "lab.exported": ("নীতি-তুলনা ফাইল হিসেবে নেওয়া", "Comparison taken as a file"),
    },
    "lab_per": {
        "taka_per_month": ("মাসে", "a month"),
        "taka_per_year": ("বছরে", "a year"),
        "taka_per_half_year": ("ছয় মাসে", "half a year"),
        "taka_per_day": ("দিনে", "a day"),
        "taka_per_kg": ("প্রতি কেজি", "a kg"),
        "taka_per_head_per_year": ("মাথাপিছু বছরে", "a head a year"),
    },
    "lab_base": {
        "registry": ("সামাজিক নিবন্ধন", "The social registry"),
        "survey": ("খানা জরিপ", "A household survey"),
    },
    "lab_welfare": {
        "survey": ("জরিপের মাথাপিছু মাসিক ভোগ", "consumption a person and month, of the survey"),
        "formula": ("স্কোর থেকে অনুমিত মাথাপিছু মাসিক ভোগ", "consumption a person and month, as the score estimates it"),
        "income": ("জানানো আয়, মাথাপিছু মাসিক", "income as told, a person and month"),
    },
    "lab_origin": {
        "published": ("প্রকাশিত", "published"),
        "draft": ("খসড়া", "draft"),
        "changed": ("যদি এমন হয়", "what if"),
        "new": ("নতুন", "new"),
    },
    "lab_measure": {
        "eligible": ("যোগ্য", "Eligible"),
        "caseload": ("উপকারভোগী", "Beneficiaries"),
        "people": ("সুবিধা পাওয়া পরিবারের মানুষ", "People in reached households"),
        "households": ("সুবিধা পাওয়া পরিবার", "Households reached"),
        "transfers": ("সুবিধা (নগদ ও পণ্য)", "Transfers, cash and goods"),
        "goods": ("এর মধ্যে পণ্যের মূল্য", "Of these the value of goods"),
        "administration": ("পরিচালন ব্যয়", "Administration"),
        "cost": ("মোট ব্যয়", "Cost in all"),
        "headcount": ("দারিদ্র্যের হার", "Poverty rate"),
    },
    "lab_short": {
        "coverage": ("আওতা", "Coverage"),
        "exclusion": ("দরিদ্রদের মধ্যে বাদ", "Poor people left out"),
        "inclusion": ("প্রাপকদের মধ্যে দরিদ্র নন", "Reached but not poor"),
        "left_out": ("যোগ্য দরিদ্রদের মধ্যে বাদ", "Eligible poor left out"),
        "headcount": ("দারিদ্র্যের হার, পরে", "Poverty rate after"),
    },
    "lab_decile": {
        "coverage": ("আওতা", "Coverage"),
        "benefit_share": ("সুবিধার অংশ", "Share of the benefits"),
        "beneficiary_share": ("উপকারভোগীর অংশ", "Share of the beneficiaries"),
        "adequacy": ("পর্যাপ্ততা", "Adequacy"),
    },
    "lab_area": {
        "coverage": ("আওতা", "Coverage"),
        "exclusion": ("বর্জন ত্রুটি", "Exclusion error"),
        "headcount": ("দারিদ্র্যের হার, পরে", "Poverty rate after"),
        "headcount_before": ("দারিদ্র্যের হার, আগে", "Poverty rate before"),
        "caseload": ("উপকারভোগী", "Beneficiaries"),
        "cost": ("বার্ষিক ব্যয়", "Cost a year"),
        "benefit": ("উপকারভোগী প্রতি বার্ষিক ব্যয়", "Cost a beneficiary and year"),
    },
    "lab_level": {
        "division": ("বিভাগ", "Divisions"),
        "district": ("জেলা", "Districts"),
        "upazila": ("উপজেলা", "Upazilas"),
    },
    "lab_level_one": {
        "division": ("বিভাগ", "division"),
        "district": ("জেলা", "district"),
        "upazila": ("উপজেলা", "upazila"),
    },
    "lab_flag": {
        "unfair": ("গড়ের চেয়ে অনেক বেশি বাদ", "left out much more often"),
        "few": ("খুব কম মানুষ", "too few people"),
    },
    "lab_quota": {
        "as_is": ("নিয়মে যেমন আছে", "As in the rules"),
        "none": ("কোটা নেই: যোগ্য সবাই", "No quota: everyone eligible"),
        "places": ("মোট এতগুলো স্থান", "So many places in all"),
    },
    "lab_every": {
        "month": ("মাসে", "month"),
        "quarter": ("তিন মাসে", "quarter"),
        "half_year": ("ছয় মাসে", "half-year"),
        "year": ("বছরে", "year"),
    },
    "lab_unit": {
        "person": ("একজন ব্যক্তিকে", "A person"),
        "household": ("একটি পরিবারকে", "A household"),
    },
    "lab_input": {
        "base": ("হিসাবের ভিত্তি (তথ্যের সংকেত)", "The base (hash of the data)"),
        "formula": ("স্কোরের সূত্র", "Score formula"),
        "quotas": ("কোটা", "Quotas"),
        "sample": ("নমুনার অংশ", "Share sampled"),
        "seed": ("লটারির বীজ", "Seed of the lot"),
        "code": ("ইঞ্জিন ও কোড", "Engine and code"),
    },
}  # fmt: skip

"""Words of budgets, disbursement-linked indicators and CODI: code -> (Bangla, English)."""

from __future__ import annotations

BUDGET_WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "budget_way": {
        "ministry": ("মন্ত্রণালয় বা বিভাগ", "Ministry or division"),
        "cluster": ("বিষয়ভিত্তিক ক্লাস্টার", "Thematic cluster"),
        "stage": ("জীবনচক্রের ধাপ", "Stage of life"),
        "type": ("ধরন", "Type"),
        "programme": ("কর্মসূচি", "Programme"),
    },
    "budget_variant": {
        "all": ("সব খাত", "All items"),
        "without_pensions": ("সরকারি পেনশন বাদে", "Without government pensions"),
        "core": ("মূল সহায়তা", "Core transfers"),
    },
    "budget_left_out": {
        "GOV_PENSION": ("অবসরপ্রাপ্ত সরকারি কর্মচারীর পেনশন", "Pensions of former government servants"),
        "SAVINGS_INT": ("জাতীয় সঞ্চয় স্কিমের সুদ", "Interest on national savings schemes"),
        "AGRI_SUB": ("কৃষি উপকরণে ভর্তুকি", "Subsidy on agricultural inputs"),
    },
    "budget_line": {
        "submitted": ("যাচাইয়ের অপেক্ষায়", "Waits for verification"),
        "verified": ("যাচাইকৃত", "Verified"),
        "refused": ("ফেরত দেওয়া", "Sent back"),
        "replaced": ("পরে নতুন হিসাব এসেছে", "Replaced by a newer one"),
    },
    "budget_doubt": {
        "beneficiaries_break": (
            "উপকারভোগীর সংখ্যা এক বছরে অর্ধেকের বেশি বেড়েছে বা এক-তৃতীয়াংশের বেশি কমেছে",
            "Beneficiaries grew by half or fell by a third within a year",
        ),
        "budget_break": (
            "বরাদ্দ এক বছরে অর্ধেকের বেশি বেড়েছে বা এক-তৃতীয়াংশের বেশি কমেছে",
            "The budget grew by half or fell by a third within a year",
        ),
        "beneficiaries_differ": (
            "একই প্রতিবেদনের মন্ত্রণালয়ভিত্তিক সারণিতে উপকারভোগীর সংখ্যা ভিন্ন",
            "The table of ministries in the same report has another number of beneficiaries",
        ),
        "budget_differ": (
            "একই প্রতিবেদনের মন্ত্রণালয়ভিত্তিক সারণিতে বরাদ্দ ভিন্ন",
            "The table of ministries in the same report has another budget",
        ),
    },
    "budget_column": {
        "programme": ("কর্মসূচির কোড", "Programme code"),
        "fiscal_year": ("অর্থবছর", "Fiscal year"),
        "allocation": ("বরাদ্দ", "Allocation"),
        "revised": ("সংশোধিত বরাদ্দ", "Revised allocation"),
        "actual": ("প্রকৃত ব্যয়", "Actual expenditure"),
        "beneficiaries": ("লক্ষ্যমাত্রার উপকারভোগী", "Planned beneficiaries"),
        "reached": ("সেবা পাওয়া উপকারভোগী", "Beneficiaries reached"),
        "released": ("ছাড়কৃত অর্থ", "Released"),
        "planned_release_on": ("ছাড়ের নির্ধারিত তারিখ", "Planned day of release"),
        "released_on": ("ছাড়ের তারিখ", "Day of release"),
    },
    "budget_error": {
        "empty": (
            "ঘরটি খালি। একত্র করা (merged) ঘর থাকলে আলাদা করে প্রতিটি সারিতে লিখুন।",
            "The cell is empty. Unmerge merged cells and fill in each row.",
        ),
        "not_a_year": ("অর্থবছর নয়। ২০২৪-২৫ এভাবে লিখুন।", "Not a fiscal year. Write it as 2024-25."),
        "not_a_number": ("সংখ্যা নয়। শুধু অঙ্ক লিখুন, কোটি টাকায়।", "Not a number. Write figures only, in crore taka."),
        "negative": ("ঋণাত্মক অঙ্ক হতে পারে না।", "The figure may not be below nought."),
        "too_large": (
            "অঙ্কটি অসম্ভব বড়। সম্ভবত টাকায় লেখা হয়েছে; কোটি টাকায় লিখুন।",
            "Impossibly large. It was probably written in taka; write crore taka.",
        ),
        "too_fine": ("পয়সার চেয়ে ছোট ভগ্নাংশ আছে। দশমিকের পর দুই ঘর রাখুন।", "Finer than a poisha. Keep two decimals."),
        "not_whole": ("মানুষের সংখ্যা পূর্ণ সংখ্যা হতে হবে।", "People are counted in whole numbers."),
        "not_a_day": ("তারিখ নয়। ৩১/১২/২০২৪ এভাবে লিখুন।", "Not a day. Write it as 31/12/2024."),
        "twice": ("একই কর্মসূচি ও অর্থবছর আগেও আছে। একটি সারি রাখুন।", "The same programme and year stand above. Keep one."),
        "unknown_programme": ("এই কোড তালিকায় নেই। নমুনা ছক থেকে কোড নিন।", "No such code. Take it from the template."),
        "other_ministry": ("কর্মসূচিটি অন্য মন্ত্রণালয়ের।", "The programme is another ministry's."),
    },
    "score_held": {
        "no_measures": ("ফলাফলের কোনো মান নেই", "No result is known"),
        "quality_unknown": ("উপাত্তের মান (OP-22) জানা নেই", "Data quality (OP-22) is not known"),
        "quality_low": ("উপাত্তের মান ৯৫%-এর নিচে", "Data quality is below 95%"),
    },
    "dli_claim": {
        "claimed": ("যাচাইয়ের অপেক্ষায়", "Waits for verification"),
        "verified": ("যাচাইকৃত, পরিশোধের অপেক্ষায়", "Verified, waits for payment"),
        "refused": ("গৃহীত হয়নি", "Refused"),
        "paid": ("পরিশোধিত", "Paid"),
    },
    "subject": {
        "budget_line": ("বাজেট সারি", "budget line"),
        "budget_sheet": ("বাজেট ছক", "budget sheet"),
        "dli": ("ডিএলআই", "disbursement-linked indicator"),
        "dli_claim": ("ডিএলআই দাবি", "DLI claim"),
        "codi_round": ("কোডি মূল্যায়ন", "CODI assessment"),
        "codi_field": ("কোডি ক্ষেত্র", "CODI field"),
    },
    "event": {
        "budget.submitted": ("বাজেটের হিসাব জমা", "Budget line submitted"),
        "budget.imported": ("বাজেট ছক জমা", "Budget sheet submitted"),
        "budget.verified": ("বাজেটের হিসাব যাচাই", "Budget lines verified"),
        "budget.refused": ("বাজেটের হিসাব ফেরত", "Budget line sent back"),
        "dli.loaded": ("ডিএলআই তালিকা তোলা", "Disbursement-linked indicators loaded"),
        "dli.terms_set": ("ডিএলআই-এর শর্ত নির্ধারণ", "Terms of a DLI set"),
        "dli.claimed": ("ডিএলআই দাবি", "DLI claimed"),
        "dli.verified": ("ডিএলআই দাবি যাচাই", "DLI claim verified"),
        "dli.refused": ("ডিএলআই দাবি অগৃহীত", "DLI claim refused"),
        "dli.paid": ("ডিএলআই পরিশোধ", "DLI paid"),
        "codi.loaded": ("কোডি ক্ষেত্র তোলা", "CODI fields loaded"),
        "codi.opened": ("কোডি মূল্যায়ন শুরু", "CODI assessment opened"),
        "codi.invited": ("কোডি মূল্যায়নকারী আমন্ত্রণ", "CODI assessor invited"),
        "codi.scored": ("কোডি ক্ষেত্রে স্কোর", "CODI field scored"),
        "codi.consensus": ("কোডি ঐকমত্য পর্ব শুরু", "CODI consensus opened"),
        "codi.agreed": ("কোডি স্কোরে ঐকমত্য", "CODI score agreed"),
        "codi.closed": ("কোডি মূল্যায়ন সমাপ্ত", "CODI assessment closed"),
        "codi.option": ("সংস্কার প্রস্তাব", "Reform option written"),
        "codi.worded": ("কোডি ভাষ্য সংশোধন", "CODI wording corrected"),
    },
}  # fmt: skip

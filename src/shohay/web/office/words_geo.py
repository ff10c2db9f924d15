"""Words of allocations, area facts, ends and moves: code -> (Bangla, English)."""

from __future__ import annotations

GEO_WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "allocation_state": {
        "shared": ("ওজন অনুযায়ী", "By weight"),
        "floor": ("ন্যূনতম কোটা", "Floor"),
        "ceiling": ("সর্বোচ্চ কোটা", "Ceiling"),
        "universal": ("যোগ্য সবাই", "All who are eligible"),
        "held_out": ("ভাগের বাইরে, নির্ধারিত", "Held out, fixed"),
        "nobody": ("ভাগে নেই: শূন্য", "Takes no part: zero"),
    },
    "allocation_note": {
        "parent": ("{fact}: {area}-এর সংখ্যা ({year})", "{fact}: figure of {area} ({year})"),
        "land": (
            "{fact}: {area}-এর মোট সংখ্যা ({year}), আয়তনের অনুপাতে",
            "{fact}: total of {area} ({year}), cut by land",
        ),
        "not_listed": ("{fact}: জানা নেই, তালিকায় নেই ধরা হলো", "{fact}: not known, taken as not listed"),
        "over_eligible": ("যোগ্য {eligible} জনের চেয়ে {n}টি স্থান বেশি", "{n} places more than the {eligible} eligible"),
    },
    "allocation_curve": {
        "equal": ("সবার সমান ভাগ", "The same for everybody"),
        "after": ("এই বরাদ্দ", "This allocation"),
        "before": ("গত বছরের কোটা", "Last year’s quotas"),
    },
    "allocation_weight": {
        "persons": ("নিবন্ধনের মানুষ", "People in the registry"),
        "eligible": ("যোগ্য মানুষ", "Eligible people"),
    },
    "transition": {
        "end": ("শেষ", "Ends"),
        "move": ("অন্য কর্মসূচিতে যান", "Moves to another programme"),
        "carry": ("মূল নথিতে যায়", "Carried to the record kept"),
    },
    "transition_state": {
        "proposed": ("প্রস্তাবিত", "Proposed"),
        "applied": ("কার্যকর", "Done"),
        "returned": ("ফেরত", "Sent back"),
        "skipped": ("বাদ: আগেই বন্ধ, বা নতুন কর্মসূচিতে বাধা", "Left: ended already, or something stands in the way"),
    },
    "stop": {
        "remarriage": ("পুনর্বিবাহ", "Married again"),
        "migration_abroad": ("বিদেশে গেছেন", "Went abroad"),
        "leaves_school": ("স্কুল ছেড়েছে", "Left school"),
        "leaves_primary_school": ("পরিবারে প্রাথমিকের কোনো শিক্ষার্থী নেই", "No primary pupil in the household any more"),
        "head_government_job": ("পরিবারপ্রধানের সরকারি চাকরি", "The head has a government job"),
        "takes_disability_stipend": ("প্রতিবন্ধী শিক্ষা উপবৃত্তি নিয়েছেন", "Takes the disability stipend"),
        "joins_another_allowance": (
            "পরিবারের কেউ অন্য ভাতায় যুক্ত হয়েছেন", "Somebody of the household joined another allowance",
        ),
        "months_24": ("২৪ মাস পূর্ণ", "The 24 months are over"),
        "months_36": ("৩৬ মাস পূর্ণ", "The 36 months are over"),
        "moves_to_OAA": ("বয়স্ক ভাতার বয়স হয়েছে", "Has reached the age of the Old Age Allowance"),
    },
    "event": {
        "allocation.proposed": ("কোটার বরাদ্দ প্রস্তাব", "Allocation of a quota proposed"),
        "allocation.approved": ("কোটার বরাদ্দ অনুমোদন", "Allocation of a quota approved"),
        "allocation.returned": ("কোটার বরাদ্দ ফেরত", "Allocation of a quota sent back"),
        "transitions.proposed": ("ভাতা শেষ ও স্থানান্তরের প্রস্তাব", "Ends and moves proposed"),
        "transitions.approved": ("ভাতা শেষ ও স্থানান্তর অনুমোদন", "Ends and moves approved"),
        "transitions.returned": ("ভাতা শেষ ও স্থানান্তর ফেরত", "Ends and moves sent back"),
    },
    "job": {"find_transitions": ("ভাতা শেষ ও স্থানান্তর খোঁজা", "Looking for ends and moves")},
    "step": {
        "read_enrolments": ("তালিকাভুক্তি পড়া", "Reading the enrolments"),
        "find_transitions": ("নিয়ম মিলিয়ে দেখা", "Asking the rules"),
        "propose_transitions": ("প্রস্তাব লেখা", "Writing the proposals"),
    },
    "confidence": {
        "high": ("নির্ভরযোগ্য", "High"), "medium": ("মাঝারি", "Medium"), "low": ("দুর্বল", "Low"),
    },
}  # fmt: skip

"""Messages of the policy lab."""

MESSAGES: dict[str, tuple[str, str]] = {
    "lab_empty": (
        "তুলনায় কোনো দৃশ্যপট নেই। আগে অন্তত একটি দৃশ্যপট যোগ করুন।",
        "The comparison has no scenario. Add at least one first.",
    ),
    "lab_full": (
        "একটি তুলনায় সর্বোচ্চ {most}টি দৃশ্যপট থাকতে পারে। একটি বাদ দিয়ে আবার চেষ্টা করুন।",
        "A comparison holds at most {most} scenarios. Take one out first.",
    ),
    "lab_base_gone": (
        "যে তথ্যের ওপর হিসাব হবে তা আর নেই। অন্য ভিত্তি বেছে নিন অথবা নতুন প্রতিলিপি নিন।",
        "The data to simulate on are gone. Choose another base or take a new snapshot.",
    ),
    "lab_rules_unknown": (
        "এই কর্মসূচির নিয়ম পাওয়া যায়নি: {code}। প্রকাশিত নিয়ম বা খসড়া বেছে নিন।",
        "No rules were found for: {code}. Choose published rules or a draft.",
    ),
    "lab_saved": (
        "সংরক্ষিত তুলনা বদলানো যায় না। একটি অনুলিপি নিয়ে সেটি বদলান।",
        "A saved comparison does not change. Copy it and change the copy.",
    ),
    "lab_not_own": (
        "এটি অন্য কর্মকর্তার তুলনা। একটি অনুলিপি নিয়ে কাজ করুন।",
        "This comparison is another officer's. Work on a copy of it.",
    ),
    "lab_no_result": (
        "এখনো হিসাব হয়নি, তাই সংরক্ষণ করা যায় না। আগে হিসাব চালান।",
        "Nothing has been simulated yet, so there is nothing to save. Run it first.",
    ),
    "lab_no_scenario": (
        "এই দৃশ্যপটটি আর নেই। তুলনার পাতায় ফিরে দেখুন।",
        "This scenario is no longer there. Go back to the comparison.",
    ),
    "lab_name_missing": (
        "একটি নাম দিন, যাতে পরে তুলনাটি চেনা যায়।",
        "Give it a name by which the comparison will be known.",
    ),
    "lab_study_unknown": (
        "তুলনা {study} নেই, অথবা আপনি তা দেখতে পারেন না।",
        "There is no comparison {study}, or you may not see it.",
    ),
}

"""Messages of area facts, of the allocation of quotas, and of ends and moves of enrolments."""

MESSAGES: dict[str, tuple[str, str]] = {
    "quota_bounds_cross": (
        "{n}টি এলাকার ন্যূনতম কোটা সর্বোচ্চ কোটার চেয়ে বেশি: {areas}। যেকোনো একটি সীমা বদলান।",
        "In {n} areas the floor is above the ceiling: {areas}. Change one of the two bounds.",
    ),
    "quota_floors_exceed": (
        "ন্যূনতম কোটাগুলোর যোগফল {floors}, কিন্তু মোট কোটা {slots}: {missing}টি স্থান কম। ন্যূনতম কোটা কমান অথবা মোট কোটা বাড়ান।",
        "The floors add up to {floors}, but the quota is {slots}: {missing} places are missing. "
        "Lower the floors or raise the quota.",
    ),
    "quota_ceilings_short": (
        "সর্বোচ্চ কোটাগুলোতে {ceilings}টি স্থান ধরে, কিন্তু মোট কোটা {slots}: {missing}টি স্থানের জায়গা নেই। "
        "সর্বোচ্চ কোটা বাড়ান অথবা মোট কোটা কমান।",
        "The ceilings hold {ceilings} places, but the quota is {slots}: there is no room for {missing}. "
        "Raise the ceilings or lower the quota.",
    ),
    "allocation_wrong": (
        "বরাদ্দের নথিতে ভুল আছে: {where}: {why}। ঠিক করে আবার দিন।",
        "The allocation document is wrong at {where}: {why}. Correct it and try again.",
    ),
    "allocation_fact": (
        "“{fact}” দিয়ে কোটা ভাগ করা যায় না। এলাকার সংখ্যা, হ্যাঁ/না তথ্য, persons বা eligible দিন।",
        "“{fact}” cannot weigh areas. Give a number or a yes/no fact of an area, persons, or eligible.",
    ),
    "allocation_factor": (
        "“{fact}” হ্যাঁ/না তথ্য: সূচক নয়, গুণক (factor) দিন।",
        "“{fact}” is a yes/no fact: give it a factor and no exponent.",
    ),
    "allocation_figure_missing": (
        "{n}টি এলাকার “{fact}” নিজস্ব সংখ্যা নেই: {areas}। নথিতে missing: parent দিলে উপরের এলাকার সংখ্যা ধরা হবে, "
        "না হলে আগে সংখ্যাগুলো যোগ করুন।",
        "{n} areas have no figure “{fact}” of their own: {areas}. With missing: parent the figure of the area above "
        "is taken; otherwise add the figures first.",
    ),
    "allocation_figure_nowhere": (
        "{n}টি এলাকার “{fact}” জানা নেই, উপরের এলাকারও নয়: {areas}। এলাকাগুলো আলাদা রাখুন অথবা সংখ্যাটি যোগ করুন।",
        "“{fact}” of {n} areas is not known, nor of any area above: {areas}. Hold these areas out or add the figure.",
    ),
    "allocation_figure_zero": (
        "{area} এলাকার “{fact}” শূন্য, তাই ঋণাত্মক সূচকে ওজন বের করা যায় না। এলাকাটি আলাদা রাখুন অথবা সূচক বদলান।",
        "“{fact}” of {area} is zero, so a negative exponent gives no weight. Hold the area out or change the exponent.",
    ),
    "allocation_eligible_unknown": (
        "{n}টি এলাকার যোগ্য মানুষের সংখ্যা জানা নেই: {areas}। আগে একবার নির্ধারণ চালান (shohay determine)।",
        "How many are eligible is not known in {n} areas: {areas}. Make a determination first (shohay determine).",
    ),
    "allocation_population_unknown": (
        "{n}টি এলাকার জনসংখ্যা জানা নেই: {areas}। সীমা অন্যভাবে দিন।",
        "The population of {n} areas is not known: {areas}. Give the bound in another way.",
    ),
    "allocation_area_unknown": (
        "এই এলাকাগুলো ভাগের মধ্যে নেই: {areas}। উপজেলা বা সিটি কর্পোরেশনের সঠিক কোড দিন।",
        "These areas are not among those that share: {areas}. Give codes of upazilas or city corporations.",
    ),
    "allocation_no_areas": (
        "কোটা ভাগ করার মতো কোনো এলাকা নেই। নিবন্ধনে মানুষ তুলুন অথবা নথিতে areas: all দিন।",
        "There is no area to share among. Admit people to the registry, or give areas: all in the document.",
    ),
    "allocation_not_waiting": (
        "বরাদ্দটি অনুমোদনের অপেক্ষায় নেই: অবস্থা {state}। নতুন বরাদ্দ প্রস্তাব করুন।",
        "This allocation does not wait for approval: it is {state}. Propose a new one.",
    ),
    "allocation_waiting": (
        "{programme} কর্মসূচির {year} অর্থবছরের একটি বরাদ্দ আগে থেকেই অনুমোদনের অপেক্ষায়। আগে সেটির নিষ্পত্তি করুন।",
        "An allocation of {programme} for {year} waits for approval already. Have it decided first.",
    ),
    "allocation_stale": (
        "প্রস্তাবের পর এই কোটা বদলানো হয়েছে: {areas}। প্রস্তাবটি ফেরত দিন এবং নতুন করে প্রস্তাব করান।",
        "Quotas were changed after the proposal: {areas}. Return it and have it proposed anew.",
    ),
    "transitions_none": (
        "{on} তারিখে কারও ভাতা শেষ বা স্থানান্তরের কারণ পাওয়া যায়নি, অথবা সবার প্রস্তাব আগেই করা আছে।",
        "Nobody's benefit must end or move on {on}, or everybody concerned is proposed already.",
    ),
    "transitions_decided": (
        "এই তালিকার নিষ্পত্তি আগেই হয়েছে: অবস্থা {state}। নতুন করে খুঁজতে “খুঁজুন” চাপুন।",
        "This batch was decided already: it is {state}. Search anew to find what is left.",
    ),
}

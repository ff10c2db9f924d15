"""Messages of the results framework: indicator documents, runs, submissions, targets."""

MESSAGES: dict[str, tuple[str, str]] = {
    "indicator_document": (
        "সূচকের দলিলে ভুল: {where}। {why} দলিলটি ঠিক করে আবার যাচাই করুন।",
        "The indicator document does not hold together at {where}: {why} Correct it and check again.",
    ),
    "indicator_document_twice": (
        "{where} কোডটি দুবার আছে। একটি বাদ দিন বা কোড বদলান।",
        "The code {where} stands twice. Take one out or give it another code.",
    ),
    "indicator_document_empty": (
        "দলিলে কোনো সূচক নেই। indicators এর নিচে অন্তত একটি লিখুন।",
        "The document holds no indicator. Write at least one under indicators.",
    ),
    "indicator_document_formula": (
        "{where}: সূত্রের এই অংশ গ্রহণযোগ্য নয়: {part}। জানা গণনার নাম, সংখ্যা, + - * / ও বন্ধনীই শুধু চলে; ভাগ শুধু হর বা সংখ্যা দিয়ে।",
        "{where}: this part of the formula is not allowed: {part}. Only names of known counts, numbers, + - * / and "
        "brackets may stand; divide by the denominator or a number.",
    ),
    "indicator_document_sides": (
        "{where}: সূত্রে লব বা হর কোনোটিই নেই। numerator ও denominator দিয়ে সূত্র লিখুন।",
        "{where}: the formula reads neither the numerator nor the denominator. Write it over these two.",
    ),
    "indicator_document_year": (
        "{where}: {year} কোনো অর্থবছর নয়। ২০২৪-২৫ এর মতো করে লিখুন।",
        "{where}: {year} is not a fiscal year. Write it like 2024-25.",
    ),
    "indicator_document_targets": (
        "{where}: এক বছরের দুটি লক্ষ্যমাত্রা আছে। একটি রাখুন।",
        "{where}: two targets for one year. Keep one.",
    ),
    "indicator_document_submitted": (
        "{where}: জমা দেওয়া সূচকে দপ্তরের নাম (reported_by) থাকে, গণনা (of) থাকে না।",
        "{where}: a submitted indicator names the offices (reported_by) and no counts (of).",
    ),
    "indicator_document_computed": (
        "{where}: হিসাব করা সূচকে গণনা (of) থাকে, দপ্তরের নাম (reported_by) থাকে না।",
        "{where}: a computed indicator names counts (of) and no offices (reported_by).",
    ),
    "indicator_document_each": (
        "{where}: একাধিক দপ্তর জমা দেয়; each_ministry: true লিখুন।",
        "{where}: several offices report it; write each_ministry: true.",
    ),
    "indicator_document_split": (
        "{where}: {counts} গণনাটি {split} অনুযায়ী হয় না। by থেকে {split} বাদ দিন।",
        "{where}: the count {counts} is not made by {split}. Take {split} out of by.",
    ),
    "indicator_formula": (
        "সূত্রের এই অংশ গ্রহণযোগ্য নয়: {part}। শুধু জানা গণনার নাম, সংখ্যা, + - * / ও বন্ধনী ব্যবহার করুন; ভাগ শুধু হর বা সংখ্যা দিয়ে।",
        "This part of the formula is not allowed: {part}. Use names of known counts, numbers, + - * / and brackets; "
        "divide only by the denominator or by a number.",
    ),
    "indicator_unknown": (
        "{code} নামে কোনো সূচক নেই। তালিকা থেকে সূচক বেছে নিন।",
        "There is no indicator {code}. Choose one from the list.",
    ),
    "indicator_is_computed": (
        "{code} সূচকের মান এই ব্যবস্থা নিজেই হিসাব করে; তাই জমা দেওয়া যায় না। মান ঠিক না মনে হলে তার উৎস খুলে দেখুন।",
        "The system computes {code} itself, so it cannot be submitted. If the value looks wrong, open what it is made "
        "of.",
    ),
    "indicator_not_yours": (
        "{code} সূচকের মান জমা দেয় {offices}। আপনার মন্ত্রণালয় বা দপ্তর এর মধ্যে নেই।",
        "{code} is reported by {offices}. Your ministry or office is not among them.",
    ),
    "indicator_year": (
        "অর্থবছর {year} ঠিক নয়। ২০২৪-২৫ এর মতো করে লিখুন।",
        "{year} is not a fiscal year. Write it like 2024-25.",
    ),
    "indicator_no_snapshot": (
        "নিবন্ধনের কোনো প্রতিলিপি নেই, তাই সূচক হিসাব করা যায় না। আগে একটি প্রতিলিপি নিন।",
        "There is no snapshot of the registry, so the indicators cannot be computed. Take a snapshot first.",
    ),
    "indicator_number": (
        "লব ও হর সংখ্যা হতে হবে, ঋণাত্মক নয়। যা পেলাম: {value}।",
        "Numerator and denominator must be numbers and not below zero. This came: {value}.",
    ),
    "indicator_share": (
        "লব ({numerator}) হরের ({denominator}) চেয়ে বড়, অথচ সূচকটি একটি অংশের শতকরা হার। সংখ্যা দুটি মিলিয়ে দেখুন।",
        "The numerator ({numerator}) is above the denominator ({denominator}), but the indicator is a share. "
        "Check both figures.",
    ),
    "indicator_zero": (
        "হর শূন্য হলে মান হয় না। গণনার কিছুই না থাকলে লবও শূন্য লিখুন; তখন মান ছাড়াই জমা হবে।",
        "With a denominator of zero there is no value. If there was nothing to count, write zero for the numerator "
        "too; it is then sent without a value.",
    ),
    "indicator_source": (
        "সংখ্যাটি কোথা থেকে নেওয়া হয়েছে তা লিখুন: প্রতিবেদন, জরিপ বা নথির নাম।",
        "Say where the figure comes from: the name of the report, survey or file.",
    ),
    "indicator_day": (
        "সংখ্যাটি যে দিনের, সে দিন ভবিষ্যতে হতে পারে না: {day}।",
        "The day that the figure speaks of cannot lie in the future: {day}.",
    ),
    "submission_decided": (
        "{code} এর এই সংস্করণে আগেই সিদ্ধান্ত হয়েছে ({by})। তালিকাটি আবার খুলুন।",
        "This version of {code} has already been decided by {by}. Open the list again.",
    ),
    "submission_same_person": (
        "যিনি জমা দিয়েছেন বা একই ধরনের দপ্তরের কেউ যাচাই করতে পারেন না। অন্য দপ্তরের কর্মকর্তাকে যাচাই করতে দিন।",
        "Whoever submitted it, or an officer of the same kind of office, cannot verify it. "
        "An officer of another office must.",
    ),
    "submission_no_evidence": (
        "প্রমাণপত্র ছাড়া যাচাই করা যায় না। ফেরত দিন, যাতে জমাদানকারী প্রমাণপত্র যুক্ত করেন।",
        "It cannot be verified without evidence. Return it, so that the office attaches the evidence.",
    ),
    "submission_reason": (
        "কেন ফেরত দিচ্ছেন তা লিখুন, যাতে জমাদানকারী ঠিক করতে পারেন।",
        "Say why you return it, so that the office can put it right.",
    ),
    "target_source": (
        "লক্ষ্যমাত্রার উৎস লিখুন: কোন সিদ্ধান্ত, পরিকল্পনা বা দলিল।",
        "Say where the target comes from: which decision, plan or document.",
    ),
}

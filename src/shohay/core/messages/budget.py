"""Messages of budgets, disbursement-linked indicators and the CODI assessment."""

MESSAGES: dict[str, tuple[str, str]] = {
    "budget_file_kind": (
        "ফাইলটি পড়া যায়নি। UTF-8 CSV বা XLSX ফাইল দিন; পাসওয়ার্ড থাকলে তুলে দিন।",
        "The file cannot be read. Give a CSV file in UTF-8 or an XLSX file, without a password.",
    ),
    "budget_header_missing": (
        "ফাইলে এই কলামগুলো পাওয়া যায়নি: {columns}। নমুনা ছকের শিরোনাম রেখে আবার দিন।",
        "These columns are not in the file: {columns}. Keep the headings of the template and send it again.",
    ),
    "budget_file_long": (
        "ফাইলে {most} সারির বেশি আছে। একটি অর্থবছরের সারি আলাদা ফাইলে দিন।",
        "The file has more than {most} rows. Send one fiscal year in one file.",
    ),
    "budget_amount_wrong": (
        "বরাদ্দ লিখতে হবে, আর কোনো অঙ্ক ঋণাত্মক হতে পারে না। অঙ্কগুলো ঠিক করে আবার দিন।",
        "The allocation is needed, and no amount may be below nought. Correct the amounts and send them again.",
    ),
    "budget_source_missing": (
        "অঙ্কগুলো কোথা থেকে নেওয়া তা লিখুন, যেমন আইবাস++ প্রতিবেদনের নম্বর ও তারিখ।",
        "Say where the figures come from, such as the number and day of an iBAS++ report.",
    ),
    "budget_line_missing": (
        "এই বাজেট সারি পাওয়া যায়নি, বা এর সিদ্ধান্ত আগেই হয়েছে। তালিকাটি আবার খুলুন।",
        "There is no such budget line, or it has been decided already. Open the list again.",
    ),
    "budget_own_line": (
        "নিজের জমা দেওয়া সারি নিজে যাচাই করা যায় না। অন্য একজন কর্মকর্তাকে যাচাই করতে বলুন।",
        "Nobody verifies a line that they submitted. Ask another officer to verify it.",
    ),
    "budget_reason_missing": (
        "কেন ফেরত দিচ্ছেন তা লিখুন, যাতে জমাদানকারী ঠিক করতে পারেন।",
        "Say why you refuse it, so that whoever submitted it can correct it.",
    ),
    "budget_programme_unknown": (
        "{code} কোডের কোনো কর্মসূচি তালিকায় নেই। কর্মসূচি তালিকা থেকে কোডটি নিন।",
        "No programme of the catalogue has the code {code}. Take the code from the list of programmes.",
    ),
    "budget_year_wrong": (
        "{value} অর্থবছর নয়। ২০২৫-২৬ এভাবে লিখুন।",
        "{value} is not a fiscal year. Write it as 2025-26.",
    ),
    "dli_missing": (
        "এই সূচক বা দাবি পাওয়া যায়নি, বা এর সিদ্ধান্ত আগেই হয়েছে। তালিকাটি আবার খুলুন।",
        "There is no such indicator or claim, or it has been decided already. Open the list again.",
    ),
    "dli_terms_missing": (
        "{code}-এর ভিত্তিমান, লক্ষ্য ও মূল্য এখনো ঠিক হয়নি। আগে অর্থ বিভাগ শর্ত লিখবে, তারপর দাবি করা যাবে।",
        "Baseline, target and value of {code} are not set yet. Finance writes the terms first; then it can be claimed.",
    ),
    "dli_terms_wrong": (
        "শর্তগুলো মেলে না: মূল্য শূন্যের বেশি ও চুক্তির সীমার মধ্যে হতে হবে, আর লক্ষ্য ভিত্তিমান থেকে আলাদা।",
        "The terms do not hold: the value is above nought and within the ceiling, the target is not the baseline.",
    ),
    "dli_terms_fixed": (
        "{code}-এর ওপর দাবি করা হয়েছে, তাই শর্ত আর বদলানো যায় না। পরের বছরের জন্য নতুন সূচক লিখুন।",
        "{code} has been claimed, so its terms are fixed. Write a new indicator for the next year.",
    ),
    "dli_evidence_missing": (
        "দাবির সঙ্গে প্রমাণের ফাইল দিতে হবে: প্রতিবেদন, তালিকা বা স্বাক্ষরিত পত্র।",
        "A claim needs a file as evidence: a report, a list or a signed letter.",
    ),
    "dli_open_claim": (
        "{code}-এর একটি দাবি আগে থেকেই অপেক্ষায় আছে। সেটির সিদ্ধান্ত হলে নতুন দাবি করুন।",
        "A claim on {code} is waiting already. Claim again when it has been decided.",
    ),
    "dli_own_claim": (
        "যিনি দাবি করেছেন বা যাচাই করেছেন তিনি পরের ধাপ করতে পারেন না। অন্য দপ্তরের কর্মকর্তা করবেন।",
        "Whoever claimed or verified may not take the next step. An officer of another office does it.",
    ),
    "dli_nothing_due": (
        "এখন দেওয়ার কিছু নেই: যাচাই করা ফল থেকে পাওনা আগেই দেওয়া হয়েছে, বা চুক্তির সীমা শেষ।",
        "Nothing is due now: what the verified result earns was paid before, or the ceiling is reached.",
    ),
    "dli_reason_missing": (
        "যাচাইয়ে কী দেখা গেছে তা লিখুন।",
        "Say what the verification found.",
    ),
    "codi_round_missing": (
        "এই মূল্যায়ন পাওয়া যায়নি, বা এখন এই পর্বে নেই। তালিকাটি আবার খুলুন।",
        "There is no such assessment, or it is at another step now. Open the list again.",
    ),
    "codi_round_once": (
        "এই পর্যায় ও অর্থবছরের মূল্যায়ন আগে থেকেই আছে। সেটি খুলুন।",
        "There is an assessment of this level and year already. Open that one.",
    ),
    "codi_round_wrong": (
        "পর্যায়, কর্মসূচি ও মাপকাঠি মেলে না: কর্মসূচির মূল্যায়নে কর্মসূচি বেছে নিন, অন্যগুলোতে খালি রাখুন।",
        "Level, programme and scale do not fit: choose a programme for the assessment of a programme, none for others.",
    ),
    "codi_not_assessor": (
        "{name} মূল্যায়নকারী হতে পারেন না: সেই দায়িত্ব নেই, বা তিনিই মূল্যায়ন পরিচালনা করছেন।",
        "{name} cannot be an assessor: without that duty, or as the one who runs the assessment.",
    ),
    "codi_not_invited": (
        "আপনি এই মূল্যায়নে আমন্ত্রিত নন। পরিচালনাকারী কর্মকর্তাকে বলুন।",
        "You are not invited to this assessment. Ask the officer who runs it.",
    ),
    "codi_field_missing": (
        "{code} নম্বরের কোনো ক্ষেত্র নেই। তালিকা থেকে বেছে নিন।",
        "There is no field {code}. Choose one from the list.",
    ),
    "codi_score_wrong": (
        "১ থেকে {scale} পর্যন্ত একটি স্তর বেছে নিন, অথবা কেন স্কোর নেই তা বলুন।",
        "Choose a level from 1 to {scale}, or say why there is none.",
    ),
    "codi_evidence_missing": (
        "স্কোরের প্রমাণ লিখুন: কোন নথি, প্রতিবেদন বা সূচক দেখে দিলেন। স্কোর না দিলে কারণ লিখুন।",
        "Write the evidence: which document, report or indicator. Without a score, write why.",
    ),
    "codi_too_few": (
        "ঐকমত্য পর্বের আগে অন্তত দুজনের স্কোর লাগে; এখন আছে {n} জনের।",
        "At least two assessors must have scored before the consensus; now it is {n}.",
    ),
    "codi_reason_missing": (
        "মূল্যায়নকারীরা একমত নন, বা সম্মত স্কোর তাঁদের থেকে ভিন্ন। কেন এই স্কোর, তা লিখুন।",
        "The assessors differ, or the agreed score is not theirs. Write why this score.",
    ),
    "codi_not_agreed": (
        "{n}টি ক্ষেত্রে এখনো সম্মত স্কোর লেখা হয়নি। সেগুলো শেষ করে তারপর সমাপ্ত করুন।",
        "On {n} fields no score is agreed yet. Agree on them, then close.",
    ),
    "codi_option_wrong": (
        "প্রস্তাব কী, কোন মন্ত্রণালয়ের এবং কতটা জরুরি, তা লিখুন।",
        "Write what is proposed, which ministry owns it and how urgent it is.",
    ),
    "codi_wording_wrong": (
        "বাংলা ও ইংরেজি দুই ভাষ্য এবং সংশোধনের কারণ লিখুন।",
        "Write the wording in Bangla and in English, and why it is corrected.",
    ),
}

"""Messages of household surveys: the file, its mapping document, what was found in the rows."""

MESSAGES: dict[str, tuple[str, str]] = {
    "survey_mapping_wrong": (
        "কলামের অর্থের দলিলটি এই জায়গায় ঠিক নেই: {where}। নমুনা দলিলের সঙ্গে মিলিয়ে ঠিক করুন।",
        "The mapping document does not hold together at: {where}. Compare it with the sample and correct it.",
    ),
    "survey_columns_missing": (
        "দলিলে লেখা এই কলামগুলো ফাইলে নেই: {columns}। নাম মিলিয়ে দেখুন, অথবা পূর্ণ ফাইলটি দিন।",
        "The file lacks these columns named in the document: {columns}. Compare the names, or send the whole file.",
    ),
    "survey_other_software": (
        "এটি {software}-এর ফাইল। {software} থেকে CSV হিসেবে রপ্তানি করে সেই ফাইলটি দিন।",
        "This is a file of {software}. Export it from {software} as CSV and send that.",
    ),
    "survey_too_large": (
        "ফাইলটি {mib} মেবিবাইটের চেয়ে বড়। Parquet হিসেবে রপ্তানি করুন অথবা অপ্রয়োজনীয় কলাম বাদ দিন।",
        "The file is larger than {mib} MiB. Export it as Parquet or leave out columns that are not needed.",
    ),
    "survey_unreadable": (
        "ফাইলটি টেবিল হিসেবে পড়া যায়নি: {why}। CSV, XLSX বা Parquet হিসেবে আবার রপ্তানি করুন।",
        "The file could not be read as a table: {why}. Export it again as CSV, XLSX or Parquet.",
    ),
    "survey_no_rows": (
        "ফাইলে কোনো খানার তথ্য নেই। পূর্ণ ফাইলটি দিন।",
        "The file has no household in it. Send the whole file.",
    ),
    "survey_refused": (
        "এই পর্বের ফাইলে ভুল সারি বেশি, তাই কিছু সংরক্ষণ হয়নি। ভুলগুলো ঠিক করে ফাইলটি আবার দিন।",
        "Too many rows of this file are wrong, so nothing was stored. Correct them and send the file again.",
    ),
    "survey_data_gone": (
        "এই পর্বের তথ্যের ফাইল আর আগের মতো নেই। ফাইলটি আবার আমদানি করুন।",
        "The stored data of this round are missing or changed. Import the file again.",
    ),
    "survey_not_estimated": (
        "এই পর্বের প্রাক্কলন এখনো হয়নি। আগে প্রাক্কলন চালান।",
        "Nothing has been estimated for this round yet. Run the estimation first.",
    ),
    "survey_unknown": (
        "{survey} নামে কোনো জরিপ-পর্ব নেই। তালিকা থেকে বেছে নিন।",
        "There is no survey round {survey}. Choose one from the list.",
    ),
}

# what was found in a row of the file (or, at line 0, in the whole file)
FINDINGS: dict[str, tuple[str, str]] = {
    "stratum_missing": ("স্তর (stratum) লেখা নেই", "The stratum is missing"),
    "psu_missing": ("প্রাথমিক নমুনা একক (PSU) লেখা নেই", "The primary sampling unit (PSU) is missing"),
    "household_missing": ("খানার নম্বর নেই", "The household's number is missing"),
    "household_twice": ("একই খানা একাধিকবার আছে", "The household stands in the file more than once"),
    "weight_missing": ("ওজন (weight) লেখা নেই", "The weight is missing"),
    "weight_wrong": ("ওজন কোনো সংখ্যা নয়", "The weight is not a number"),
    "weight_not_positive": ("ওজন শূন্য বা ঋণাত্মক", "The weight is zero or negative"),
    "size_wrong": ("খানার সদস্যসংখ্যা ১ থেকে ৯৯-এর পূর্ণসংখ্যা নয়", "The size is not a whole number from 1 to 99"),
    "welfare_wrong": ("মাথাপিছু ব্যয় নেই বা সংখ্যা নয়", "Consumption per person is missing or not a number"),
    "welfare_not_positive": (
        "মাথাপিছু ব্যয় শূন্য বা ঋণাত্মক; সারিটি রাখা হয়েছে",
        "Consumption per person is zero or negative; the row was kept",
    ),
    "line_wrong": ("দারিদ্র্যসীমা নেই বা শূন্যের বেশি নয়", "The poverty line is missing or not above zero"),
    "group_unknown": (
        "কোডের অর্থ দলিলে নেই; সারিটি এই বিভাজনে গোনা হয়নি",
        "The code has no meaning in the document; the row does not count in this breakdown",
    ),
    "amount_wrong": ("ভাতার টাকা কোনো সংখ্যা নয়", "The amount of the benefit is not a number"),
    "amount_negative": ("ভাতার টাকা ঋণাত্মক", "The amount of the benefit is negative"),
    "amount_above_welfare": (
        "ভাতার টাকা খানার মোট ব্যয়ের চেয়ে বেশি; সারিটি রাখা হয়েছে",
        "The benefit is larger than all consumption; the row was kept",
    ),
    "stratum_alone": (
        "এই স্তরে মাত্র একটি নমুনা একক; এর ত্রুটি সব এককের গড় থেকে ধরা হয়েছে",
        "The stratum has a single sampling unit; its error is measured from the mean of all",
    ),
    "psu_in_two_strata": (
        "একই নমুনা একক দুই স্তরে আছে; দুটি আলাদা একক ধরা হয়েছে",
        "The sampling unit stands in two strata; it counts as two",
    ),
}

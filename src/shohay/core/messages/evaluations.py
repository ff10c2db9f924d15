"""Messages about evaluations and their recommendations."""

MESSAGES: dict[str, tuple[str, str]] = {
    "evaluation_text_missing": (
        "লেখাটি খালি। এক বা একাধিক বাক্যে লিখুন।",
        "The text is empty. Write a sentence or more.",
    ),
    "evaluation_days": (
        "মূল্যায়নের শেষ তারিখ শুরুর আগে হতে পারে না। তারিখ দুটি দেখুন।",
        "The evaluation cannot end before it begins. Look at the two days.",
    ),
    "evaluation_scope": (
        "কর্মসূচিটি {ministry}-এর অধীন। মন্ত্রণালয় ও কর্মসূচি মিলিয়ে আবার বেছে নিন।",
        "The programme belongs to {ministry}. Choose ministry and programme so that they fit.",
    ),
    "evaluation_report_missing": (
        "প্রতিবেদনের ফাইল যুক্ত নেই। সমাপ্ত করার আগে প্রতিবেদনটি যুক্ত করুন।",
        "The report is not attached. Attach it before the evaluation is completed.",
    ),
    "evaluation_day_ahead": (
        "{on} এখনো আসেনি; প্রতিবেদনের তারিখ আজ বা তার আগের হতে হবে।",
        "{on} lies ahead; the report bears today's date or an earlier one.",
    ),
    "evaluation_questions_used": (
        "প্রাপ্ত ফলাফল এই প্রশ্নগুলোর সঙ্গে যুক্ত, তাই প্রশ্ন আর বদলানো যায় না।",
        "Findings answer these questions, so they cannot be changed any more.",
    ),
    "evaluation_cancelled": (
        "এই মূল্যায়ন বাতিল হয়েছে; এতে আর কিছু যোগ করা যায় না।",
        "This evaluation was cancelled; nothing can be added to it.",
    ),
    "recommendation_owner_missing": (
        "সুপারিশটি কে বাস্তবায়ন করবে তা নেই। মন্ত্রণালয় বেছে নিন অথবা দপ্তরের নাম লিখুন।",
        "Nobody owns the recommendation. Choose a ministry or write the office that answers for it.",
    ),
    "recommendation_reason_missing": (
        "আংশিক গ্রহণ বা অগ্রহণের কারণ লেখা হয়নি। কেন, তা এক-দুই বাক্যে লিখুন।",
        "It is not said why the recommendation is taken up in part or not at all. Write a sentence or two.",
    ),
    "recommendation_no_response": (
        "আগে ব্যবস্থাপনার জবাব দিন: গ্রহণ, আংশিক গ্রহণ বা অগ্রহণ।",
        "Give the management response first: accepted, in part, or not.",
    ),
    "recommendation_evidence_missing": (
        "বাস্তবায়নের প্রমাণ যুক্ত করা হয়নি। আদেশ, পত্র বা প্রতিবেদন যুক্ত করে আবার জানান।",
        "No evidence is attached. Attach the order, the letter or the report and report again.",
    ),
    "recommendation_other_office": (
        "যে দপ্তর বাস্তবায়নের কথা জানিয়েছে সে দপ্তর নিজে যাচাই করতে পারে না। অন্য দপ্তরের কর্মকর্তাকে যাচাই করতে হবে।",
        "The office that reported it cannot verify it. An officer of another office must.",
    ),
}

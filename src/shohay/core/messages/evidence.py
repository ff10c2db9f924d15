"""Messages about files attached as evidence."""

MESSAGES: dict[str, tuple[str, str]] = {
    "evidence_empty": (
        "“{name}” ফাইলটি খালি। যে ফাইলে প্রমাণ আছে সেটি বেছে নিন।",
        "The file “{name}” is empty. Choose the file that holds the evidence.",
    ),
    "evidence_too_large": (
        "“{name}” ফাইলটি {size} মেগাবাইট; সর্বোচ্চ {most} মেগাবাইট নেওয়া যায়। ছোট করে বা ভাগ করে আবার দিন।",
        "The file “{name}” has {size} MiB; at most {most} MiB can be taken. Make it smaller or split it.",
    ),
    "evidence_kind": (
        "“{name}” প্রমাণ হিসেবে নেওয়া যায় না: ফাইলের ভেতরে পিডিএফ, ছবি (পিএনজি, জেপেগ), এক্সেল, ওয়ার্ড বা "
        "সিএসভি পাওয়া যায়নি। এর কোনো একটি রূপে (ম্যাক্রো ছাড়া) সংরক্ষণ করে আবার দিন।",
        "“{name}” cannot stand as evidence: it does not contain a PDF, a picture (PNG, JPEG), an Excel or Word file or "
        "a CSV. Save it as one of these (without macros) and try again.",
    ),
}

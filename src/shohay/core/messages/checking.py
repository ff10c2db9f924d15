"""Messages of the checker of draft reports."""

MESSAGES: dict[str, tuple[str, str]] = {
    "check_file_missing": (
        "“{file}” ফাইলটি পাওয়া যায়নি। নাম ও ফোল্ডার দেখে আবার দিন।",
        "There is no file \"{file}\". Look at its name and folder, and try again.",
    ),
    "check_file_empty": (
        "“{file}” ফাইলে কোনো লেখা নেই। প্রতিবেদনের পূর্ণ ফাইলটি দিন।",
        "\"{file}\" holds no text. Give the file with the whole report.",
    ),
    "check_file_kind": (
        "“{file}” পড়া যায় না: এটি লেখা, DOCX বা HTML নয়। প্রতিবেদনটি DOCX বা সাধারণ লেখা হিসেবে সংরক্ষণ করে দিন।",
        "\"{file}\" cannot be read: it is not text, DOCX or HTML. Save the report as DOCX or plain text and give that.",
    ),
    "check_file_pdf": (
        "“{file}” পিডিএফ। পিডিএফে সারণির ঘর ও যুক্তাক্ষর হারিয়ে যায়, তাই যাচাই ভুল হতো। যে ফাইল থেকে এটি তৈরি (DOCX) সেটি দিন, "
        "অথবা ওয়ার্ড বা লিব্রেঅফিসে খুলে DOCX হিসেবে সংরক্ষণ করে দিন।",
        "\"{file}\" is a PDF, which loses the cells of tables and the joined letters of Bangla, so checking it would "
        "be wrong. Give the DOCX it was made from, or open it in Word or LibreOffice and save it as DOCX.",
    ),
    "check_file_broken": (
        "“{file}” ফাইলটি নষ্ট বা অসম্পূর্ণ। মূল ফাইলটি আবার সংরক্ষণ করে দিন।",
        "\"{file}\" is damaged or incomplete. Save the original again and give that.",
    ),
    "check_file_big": (
        "“{file}” ফাইলটি বেশি বড় (সীমা {limit} MiB)। ছবি বাদ দিয়ে বা লেখা আকারে দিন।",
        "\"{file}\" is too large (the limit is {limit} MiB). Leave out the pictures, or give it as text.",
    ),
    "check_nothing_chosen": (
        "কোনো ফাইল দেওয়া হয়নি। প্রতিবেদনের ফাইলটি বেছে নিন।",
        "No file was given. Choose the file of the report.",
    ),
    "check_year_wrong": (
        "“{year}” কোনো বছর নয়। ২০২৪ বা ২০২৪-২৫ এভাবে লিখুন।",
        "\"{year}\" is no year. Write it as 2024 or 2024-25.",
    ),
}  # fmt: skip

"""Words of the progress report and its editions."""

from __future__ import annotations

REPORT_WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "job": {"make_report": ("অগ্রগতি প্রতিবেদন তৈরি", "Making the progress report")},
    "step": {
        "report_data": ("তথ্য সংগ্রহ", "Gathering the data"),
        "report_files": ("ফাইল লেখা", "Writing the files"),
    },
    "event": {
        "report.made": ("প্রতিবেদনের সংস্করণ তৈরি", "Edition of the report made"),
        "report.published": ("প্রতিবেদনের সংস্করণ প্রকাশ", "Edition of the report published"),
    },
    "subject": {"edition": ("প্রতিবেদনের সংস্করণ", "Edition of the report")},
    "report_format": {
        "pdf": ("PDF: ছাপা ও পড়ার জন্য", "PDF: to print and read"),
        "html": ("HTML: পর্দায় পড়ার জন্য", "HTML: to read on screen"),
        "xlsx": ("XLSX: হিসাব করার জন্য", "XLSX: to calculate with"),
    },
    "tongue": {"bn": ("বাংলা", "Bangla"), "en": ("ইংরেজি", "English")},
}

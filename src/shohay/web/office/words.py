"""Codes in words beyond those that every page shares (shohay.web.parts.words): what only officers meet."""

from __future__ import annotations

from collections.abc import Iterable

from shohay.web.office import desk
from shohay.web.parts.words import word

# kind -> code -> (Bangla, English)
OFFICE_WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "purpose": {
        "service": ("ব্যক্তি নিজে সেবা চেয়েছেন", "The person asked for a service"),
        "verification": ("আবেদন যাচাই", "Verifying an application"),
        "payment": ("টাকা পাওয়া নিয়ে প্রশ্ন", "A question about a payment"),
        "grievance": ("অভিযোগ নিষ্পত্তি", "Answering a grievance"),
        "duplicate": ("দ্বৈত নিবন্ধন যাচাই", "Checking a possible duplicate"),
        "audit": ("নিরীক্ষা", "Audit"),
    },
    "stop": {
        "death": ("মৃত্যু", "Death"),
        "died": ("মৃত্যু", "Death"),
        "moved": ("এলাকা ছেড়ে গেছেন", "Moved away"),
        "not_eligible": ("আর শর্ত পূরণ করেন না", "No longer meets the conditions"),
        "duplicate": ("দুবার নিবন্ধিত", "Registered twice"),
        "own_wish": ("নিজের ইচ্ছায়", "At the person's own wish"),
        "other": ("অন্য কারণ", "Another reason"),
    },
    "held": {
        "no_account": ("টাকা পাঠানোর হিসাব নেই", "No account to pay into"),
        "dead": ("মৃত্যু নথিভুক্ত", "Death recorded"),
        "duplicate": ("দুবার নিবন্ধিত", "Registered twice"),
        "in_kind": ("পণ্য হিসেবে দেওয়া হয়, ব্যাংকে টাকা যায় না", "Given in kind, no bank payment"),
        "nothing_due": ("এই মেয়াদে কিছু প্রাপ্য নয়", "Nothing due for the period"),
        "paid_before": ("অন্য পরিশোধ তালিকায় আছে", "Already in another payroll"),
    },
    "verify": {
        "missing": ("একটি ঘটনা নেই", "an event is missing"),
        "unlinked": ("একটি ঘটনা আগেরটির সঙ্গে মেলে না", "an event does not follow from the one before"),
        "changed": ("লেখার পর একটি ঘটনা বদলানো হয়েছে", "an event was changed after it was written"),
        "cut_off": ("শেষের ঘটনা কেটে ফেলা হয়েছে", "events at the end were cut off"),
    },
    "ledger": {
        "budget": ("বাজেট", "Budget"),
        "payable": ("উপকারভোগীর পাওনা", "Owed to beneficiaries"),
        "bank": ("ব্যাংকে", "At the bank"),
        "paid": ("পরিশোধিত", "Paid out"),
        "returned": ("ফেরত", "Returned"),
        "clearing": ("নিকাশ", "clearing"),
    },
    "job": {
        "import_file": ("ফাইল যাচাই ও নিবন্ধনে নেওয়া", "Checking the file and taking it into the registry"),
        "take_snapshot": ("নিবন্ধনের প্রতিলিপি নেওয়া", "Taking a snapshot of the registry"),
        "find_duplicates": ("দ্বৈত নিবন্ধন খোঁজা", "Looking for duplicates"),
        "determine": ("যোগ্যতা নির্ধারণ", "Deciding who is eligible"),
        "prepare_payroll": ("পরিশোধ তালিকা তৈরি", "Preparing the payroll"),
        "send_files": ("ব্যাংকে পাঠানো", "Sending to the bank"),
        "take_answers": ("ব্যাংকের উত্তর নেওয়া", "Fetching the bank's answers"),
        "compute_figures": ("হিসাবের সংখ্যা তৈরি", "Computing the figures"),
    },
    "timeframe": {
        "date": ("নির্দিষ্ট তারিখ", "By a date"),
        "continuous": ("চলমান", "Continuous"),
    },
    "event": {},  # filled below: what an entry of the audit log says
}  # fmt: skip

OFFICE_WORDS["event"] = {
    "person.opened": ("ব্যক্তির নথি খোলা", "Record opened"),
    "person.revealed": ("পূর্ণ নম্বর দেখা", "Whole number shown"),
    "upload.received": ("ফাইল গৃহীত", "File received"),
    "upload.checked": ("ফাইল যাচাই", "File checked"),
    "upload.admitted": ("ফাইল নিবন্ধনে নেওয়া", "File taken into the registry"),
    "snapshot.taken": ("প্রতিলিপি নেওয়া", "Snapshot taken"),
    "linkage.run": ("দ্বৈত নিবন্ধন খোঁজা", "Looked for duplicates"),
    "pair.decided": ("জোড়ার সিদ্ধান্ত", "Pair decided"),
    "merge.proposed": ("একীকরণ প্রস্তাব", "Merge proposed"),
    "merge.approved": ("একীকরণ অনুমোদন", "Merge approved"),
    "merge.undone": ("একীকরণ ফিরিয়ে নেওয়া", "Merge undone"),
    "determination.run": ("যোগ্যতা নির্ধারণ", "Eligibility decided"),
    "applications.registered": ("আবেদন নথিভুক্ত", "Applications registered"),
    "quota.set": ("কোটা নির্ধারণ", "Quota set"),
    "lists.proposed": ("বাছাই তালিকা প্রস্তাব", "Selection lists proposed"),
    "list.approved": ("বাছাই তালিকা অনুমোদন", "Selection list approved"),
    "list.returned": ("বাছাই তালিকা ফেরত", "Selection list sent back"),
    "list.enrolled": ("তালিকার সবাইকে অন্তর্ভুক্ত", "List enrolled"),
    "enrolment.stop_proposed": ("ভাতা বন্ধের প্রস্তাব", "Stop proposed"),
    "enrolment.stopped": ("ভাতা বন্ধ", "Benefit stopped"),
    "cycle.opened": ("পরিশোধ চক্র খোলা", "Cycle opened"),
    "payroll.prepared": ("পরিশোধ তালিকা প্রস্তুত", "Payroll prepared"),
    "payroll.approved": ("পরিশোধ তালিকা অনুমোদন", "Payroll approved"),
    "payroll.files_written": ("ব্যাংক ফাইল তৈরি", "Bank files written"),
    "payroll.sent": ("ব্যাংকে পাঠানো", "Sent to the bank"),
    "payroll.reconciled": ("হিসাব মেলানো", "Payroll reconciled"),
    "grievance.filed": ("অভিযোগ দাখিল", "Grievance filed"),
    "grievance.answered": ("অভিযোগের উত্তর", "Grievance answered"),
    "grievance.appealed": ("আপিল", "Appeal"),
    "figures.computed": ("সংখ্যা হিসাব", "Figures computed"),
    "definitions.installed": ("কর্মসূচির নিয়ম স্থাপন", "Programme rules installed"),
}  # fmt: skip


def say(kind: str, code: object) -> str:
    """The words for ``code``: of ``kind`` here, else those of every page; a code without words as it is."""
    own = OFFICE_WORDS.get(kind, {}).get(str(code))
    return own[desk.language() == "en"] if own else word(code, desk.language(), kind)


def choices(kind: str, codes: Iterable[str]) -> list[tuple[str, str]]:
    return [(code, say(kind, code)) for code in codes]

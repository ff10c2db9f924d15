"""Codes in words beyond those that every page shares (shohay.web.parts.words): what only officers meet."""

from __future__ import annotations

from collections.abc import Iterable

from shohay.web.office import desk
from shohay.web.office.words_budget import BUDGET_WORDS
from shohay.web.office.words_chain import CHAIN_WORDS
from shohay.web.office.words_checks import CHECK_WORDS
from shohay.web.office.words_committees import COMMITTEE_WORDS
from shohay.web.office.words_definitions import DEFINITION_WORDS
from shohay.web.office.words_evaluations import EVALUATION_WORDS
from shohay.web.office.words_events import EVENT_WORDS
from shohay.web.office.words_facts import FACT_WORDS
from shohay.web.office.words_geo import GEO_WORDS
from shohay.web.office.words_indicators import INDICATOR_WORDS
from shohay.web.office.words_lab import LAB_WORDS
from shohay.web.office.words_money import MONEY_WORDS
from shohay.web.office.words_plan import PLAN_WORDS
from shohay.web.office.words_reports import REPORT_WORDS
from shohay.web.office.words_rights import RIGHTS_WORDS
from shohay.web.office.words_scores import SCORE_WORDS
from shohay.web.office.words_survey import SURVEY_WORDS
from shohay.web.office.words_verification import VERIFICATION_WORDS
from shohay.web.parts import names
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
    "evidence": {
        "certificate": ("মৃত্যু সনদ", "Death certificate"),
        "register": ("মৃত্যু নিবন্ধন বই", "Register of deaths"),
        "chairman": ("ইউনিয়ন পরিষদের প্রত্যয়ন", "Statement of the union parishad"),
        "household": ("পরিবার জানিয়েছে, যাচাই করা হয়েছে", "The household told it, and it was checked"),
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
    "left_out": {
        "died": ("মৃত্যু নথিভুক্ত", "Death recorded"),
        "duplicate": ("একই ব্যক্তির দ্বিতীয় নিবন্ধন", "Second record of the same person"),
        "on_programme": ("আগে থেকেই এই কর্মসূচিতে আছেন", "On this programme already"),
        "person_holds": ("অন্য কর্মসূচিতে আছেন, যা এর সঙ্গে চলে না", "On a programme that excludes this one"),
        "household_holds": (
            "পরিবারের একজন অন্য কর্মসূচিতে আছেন, যা এর সঙ্গে চলে না",
            "Somebody of the household is on a programme that excludes this one",
        ),
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
        "bank:account": ("ব্যাংক হিসাব", "Bank account"),
        "bank:clearing": ("ব্যাংকে পথে থাকা টাকা", "On its way through the bank"),
    },
    "check": {
        "lines": ("পরিশোধের সংখ্যা: খাতায় / পে-রোলে", "Number of payments: as they stand / as prepared"),
        "committed": ("বরাদ্দ: খতিয়ানে / পে-রোলে", "Committed: ledger / payroll"),
        "sent": ("ব্যাংকে পাঠানো: খতিয়ানে / পরিশোধে", "Sent to the bank: ledger / payments"),
        "settled": ("ব্যাংক যা নিষ্পত্তি করেছে: খতিয়ানে / পরিশোধে", "Settled by the bank: ledger / payments"),
        "rejected": ("ব্যাংক যা নেয়নি: খতিয়ানে / পরিশোধে", "Rejected by the bank: ledger / payments"),
        "debited_by_bank": ("হিসাব থেকে কাটা: খতিয়ানে / ব্যাংকের বার্তায়", "Debited: ledger / the bank's messages"),
        "returned": ("ফেরত: খতিয়ানে / পরিশোধে", "Returned: ledger / payments"),
        "credited_by_bank": ("হিসাবে ফেরত জমা: খতিয়ানে / ব্যাংকের বার্তায়", "Credited back: ledger / the bank's messages"),
    },
    "bank_status": {
        "ACCP": ("ব্যাংক ফাইলটি নিয়েছে", "Accepted by the bank"),
        "ACSP": ("ব্যাংক ফাইলটি নিয়েছে", "Accepted by the bank"),
        "ACTC": ("ব্যাংক ফাইলটি নিয়েছে", "Accepted by the bank"),
        "PART": ("ব্যাংক আংশিক নিয়েছে", "Accepted in part"),
        "RJCT": ("ব্যাংক ফাইলটি নেয়নি", "Rejected by the bank"),
        "PDNG": ("ব্যাংকে অপেক্ষায়", "Pending at the bank"),
    },
    "bank_message": {
        "pain.002": ("ফাইলের জবাব (pain.002)", "Answer to the file (pain.002)"),
        "pacs.004": ("ফেরত (pacs.004)", "Returns (pacs.004)"),
        "camt.054": ("হিসাবের বিজ্ঞপ্তি (camt.054)", "Notice of the account (camt.054)"),
        "camt.053": ("হিসাব বিবরণী (camt.053)", "Statement of the account (camt.053)"),
    },
    "payroll": {"nothing_to_pay": ("দেওয়ার কিছু নেই", "Nothing to pay")},
    "job": {
        "decide_changes": ("পরিবর্তনগুলোর সিদ্ধান্ত", "Deciding the changes"),
        "import_file": ("ফাইল যাচাই ও নিবন্ধনে নেওয়া", "Checking the file and taking it into the registry"),
        "take_snapshot": ("নিবন্ধনের প্রতিলিপি নেওয়া", "Taking a snapshot of the registry"),
        "find_duplicates": ("দ্বৈত নিবন্ধন খোঁজা", "Looking for duplicates"),
        "determine": ("যোগ্যতা নির্ধারণ", "Deciding who is eligible"),
        "prepare_payroll": ("পরিশোধ তালিকা তৈরি", "Preparing the payroll"),
        "send_files": ("ব্যাংকে পাঠানো", "Sending to the bank"),
        "take_answers": ("ব্যাংকের উত্তর নেওয়া", "Fetching the bank's answers"),
        "compute_figures": ("হিসাবের সংখ্যা তৈরি", "Computing the figures"),
        "errors_file": ("সংশোধনের সারির ফাইল তৈরি", "Making the file of rows to correct"),
        "export_list": ("তালিকার ফাইল তৈরি", "Making the file of a list"),
        "measure_facts": ("কোন তথ্য কত ঘন ঘন নেই তা মাপা", "Measuring how often facts are missing"),
        "check_quality": ("তথ্যের মান যাচাই", "Checking the quality of the data"),
        "chain": ("প্রদর্শনীর ধাপ", "Step of the demonstration"),
        "demo": ("প্রদর্শনী", "Demonstration"),
    },
    "step": {  # what a job reports while it is at work
        "again": ("একটু পরে আবার চেষ্টা হবে", "Will be tried again in a moment"),
        "reading": ("ফাইল পড়া", "Reading the file"),
        "checking": ("সারি যাচাই", "Checking the rows"),
        "writing": ("ফল লেখা", "Writing the result"),
        "sealing": ("নম্বর সুরক্ষিত করা", "Encrypting the numbers"),
        "registered": ("নিবন্ধনে তোলা", "Taken into the registry"),
        "changes": ("পরিবর্তন লেখা", "Writing the changes"),
        "applications": ("আবেদন নথিভুক্ত করা", "Registering the applications"),
        "snapshot": ("প্রতিলিপি নেওয়া", "Copying the registry"),
        "linkage_keys": ("নামের সংকেত তৈরি", "Making keys of the names"),
        "linkage_compare": ("নথি মিলিয়ে দেখা", "Comparing the records"),
        "linkage_group": ("একই ব্যক্তির নথি একত্র করা", "Grouping records of one person"),
        "linkage_done": ("মেলানো শেষ", "Comparison ended"),
        "decide": ("যোগ্যতা নির্ধারণ", "Deciding who is eligible"),
        "load_decisions": ("সিদ্ধান্ত তোলা", "Storing the decisions"),
        "read": ("উপকারভোগী পড়া", "Reading the beneficiaries"),
        "compute": ("প্রাপ্য হিসাব করা", "Computing what is due"),
        "load": ("পরিশোধ তোলা", "Storing the payments"),
        "done": ("শেষ করা", "Finishing"),
        "send": ("ব্যাংকে ফাইল পাঠানো", "Sending the files to the bank"),
        "answers": ("ব্যাংকের উত্তর পড়া", "Reading the bank's answers"),
        "errors": ("সংশোধনের সারি লেখা", "Writing the rows to correct"),
        "figures": ("সংখ্যা হিসাব", "Computing the figures"),
        "export": ("তালিকা লেখা", "Writing the list"),
        "shared": ("একই নম্বর খোঁজা", "Looking for shared numbers"),
        "quality": ("নথি যাচাই", "Checking the records"),
    },
    "quality_outcome": {
        "corrected": ("ভুল ছিল, সংশোধন হয়েছে", "Was wrong, has been corrected"),
        "right": ("দেখা হয়েছে, যেমন লেখা তেমনই ঠিক", "Looked at, is as recorded"),
        "unknown": ("জানা যায়নি", "Could not be found out"),
    },
    "run_count": {
        "applicants": ("আবেদনকারী", "Applicants"),
        "eligible": ("যোগ্য", "Eligible"),
        "not_eligible": ("যোগ্য নন", "Not eligible"),
        "cannot_tell": ("বলা যাচ্ছে না", "Cannot tell"),
        "ranked": ("ক্রমতালিকায়", "Ranked"),
        "selected": ("নির্বাচিত", "Selected"),
    },
    "per": {
        "day": ("প্রতিদিন", "a day"),
        "month": ("প্রতি মাসে", "a month"),
        "quarter": ("তিন মাসে", "a quarter"),
        "half_year": ("ছয় মাসে", "half a year"),
        "year": ("বছরে", "a year"),
        "event": ("প্রতিবার", "each time"),
    },
    "unit": {
        "taka_per_kg": ("টাকা প্রতি কেজি", "taka a kg"),
        "taka_per_day": ("টাকা প্রতিদিন", "taka a day"),
        "taka_per_month": ("টাকা প্রতি মাসে", "taka a month"),
        "taka_per_half_year": ("টাকা ছয় মাসে", "taka half a year"),
        "taka_per_year": ("টাকা বছরে", "taka a year"),
        "taka_per_head_per_year": ("টাকা মাথাপিছু বছরে", "taka a head a year"),
        "kg_per_event": ("কেজি প্রতিবার", "kg each time"),
        "kg_per_month": ("কেজি প্রতি মাসে", "kg a month"),
        "kg_rice": ("কেজি চাল", "kg of rice"),
        "kg_fortified_rice": ("কেজি পুষ্টি চাল", "kg of fortified rice"),
        "conditions": ("শর্ত", "conditions"),
        "month_of_pregnancy": ("গর্ভাবস্থার মাস", "month of pregnancy"),
        "pmt_score": ("পিএমটি স্কোর", "PMT score"),
        "class": ("শ্রেণি", "class"),
        "pregnancies": ("গর্ভধারণ", "pregnancies"),
        "years": ("বছর", "years"),
        "decimals": ("শতাংশ", "decimals"),
    },
    "parameter": {
        "age_from": ("বয়স, কমপক্ষে", "Age from"),
        "age_to": ("বয়স, সর্বোচ্চ", "Age to"),
        "age_men": ("পুরুষের বয়স, কমপক্ষে", "Age of men from"),
        "age_women": ("নারীর বয়স, কমপক্ষে", "Age of women from"),
        "age_moves": ("যে বয়সে অন্য কর্মসূচিতে যান", "Age at which people move on"),
        "child": ("প্রতি শিশু", "A child"),
        "class_6_7": ("৬ষ্ঠ–৭ম শ্রেণি", "Classes 6 and 7"),
        "class_8": ("৮ম শ্রেণি", "Class 8"),
        "class_9_10": ("৯ম–১০ম শ্রেণি", "Classes 9 and 10"),
        "class_11_12": ("১১শ–১২শ শ্রেণি", "Classes 11 and 12"),
        "class_from": ("শ্রেণি, থেকে", "Class from"),
        "class_to": ("শ্রেণি, পর্যন্ত", "Class to"),
        "one": ("একজন শিক্ষার্থী", "One pupil"),
        "two": ("দুজন শিক্ষার্থী", "Two pupils"),
        "three": ("তিনজন শিক্ষার্থী", "Three pupils"),
        "four": ("চারজন শিক্ষার্থী", "Four pupils"),
        "higher": ("উচ্চশিক্ষা", "Higher education"),
        "income_ceiling": ("আয়ের সীমা", "Income ceiling"),
        "land_ceiling": ("জমির সীমা", "Land ceiling"),
        "land_ceiling_city": ("শহরে জমির সীমা", "Land ceiling in cities"),
        "month_from": ("মাস, থেকে", "Month from"),
        "month_to": ("মাস, পর্যন্ত", "Month to"),
        "price": ("দাম", "Price"),
        "rate": ("হার", "Rate"),
        "rice": ("চাল", "Rice"),
        "score_ceiling": ("স্কোরের সীমা", "Score ceiling"),
        "wage": ("মজুরি", "Wage"),
        "wanted": ("কতটি শর্ত লাগবে", "How many conditions"),
        "years_apart": ("দুই শিশুর ব্যবধান", "Years between children"),
    },
    "school_level": {"none": ("পড়েন না", "Not at school")},
    "subject": {
        "person": ("ব্যক্তি", "person"),
        "upload": ("ফাইল", "file"),
        "snapshot": ("প্রতিলিপি", "snapshot"),
        "linkage_run": ("দ্বৈত নিবন্ধন খোঁজা", "search for duplicates"),
        "pair": ("জোড়া", "pair"),
        "merge": ("একীকরণ", "merge"),
        "run": ("যোগ্যতা নির্ধারণ", "run"),
        "quota": ("কোটা", "quota"),
        "list": ("বাছাই তালিকা", "list"),
        "enrolment": ("তালিকাভুক্তি", "enrolment"),
        "cycle": ("পরিশোধ চক্র", "cycle"),
        "payroll": ("পে-রোল", "payroll"),
        "payment_file": ("ব্যাংক ফাইল", "bank file"),
        "bank_message": ("ব্যাংকের বার্তা", "bank message"),
        "grievance": ("অভিযোগ", "grievance"),
        "definition": ("কর্মসূচির নিয়ম", "rules"),
        "officer": ("কর্মকর্তা", "officer"),
        "work": ("কাজ", "work"),
        "export": ("তালিকা", "list"),
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
    "payroll.compared": ("পে-রোল মিলিয়ে দেখা, এখনো মেলেনি", "Payroll compared, does not agree yet"),
    "payroll.reconciled": ("হিসাব মেলানো", "Payroll reconciled"),
    "grievance.filed": ("অভিযোগ দাখিল", "Grievance filed"),
    "grievance.answered": ("অভিযোগের উত্তর", "Grievance answered"),
    "grievance.appealed": ("আপিল", "Appeal"),
    "upload.received_again": ("একই ফাইল আবার এসেছে", "The same file received again"),
    "upload.refused": ("ফাইল নেওয়া যায়নি", "File refused"),
    "person.marked_duplicate": ("দ্বৈত নথি চিহ্নিত", "Record marked as a copy"),
    "person.death_recorded": ("মৃত্যু নথিভুক্ত", "Death recorded"),
    "grievance.closed": ("অভিযোগ নিষ্পন্ন", "Grievance closed"),
    "grievance.contact_revealed": ("অভিযোগকারীর যোগাযোগ দেখা", "Contact of a complainant shown"),
    "payment_file.sent": ("ব্যাংক ফাইল পাঠানো", "Bank file sent"),
    "bank_message.applied": ("ব্যাংকের বার্তা প্রয়োগ", "Bank message applied"),
    "catalogue.loaded": ("কর্মসূচির তালিকা তোলা", "Catalogue loaded"),
    "places.loaded": ("এলাকার তালিকা তোলা", "Places loaded"),
    "plan.loaded": ("কর্মপরিকল্পনা তোলা", "Action plan loaded"),
    "indicators.loaded": ("সূচক তোলা", "Indicators loaded"),
    "triggers.loaded": ("আগাম সহায়তার সংকেত তোলা", "Triggers loaded"),
    "definition.installed": ("কর্মসূচির নিয়ম স্থাপন", "Programme rules installed"),
    "formula.installed": ("স্কোরের সূত্র স্থাপন", "Score formula installed"),
    "officers.demo": ("নমুনা কর্মকর্তা তৈরি", "Officers of the demonstration made"),
    "officer.created": ("কর্মকর্তা তৈরি", "Officer created"),
    "duty.assigned": ("দায়িত্ব দেওয়া", "Duty given"),
    "duty.ended": ("দায়িত্ব শেষ", "Duty ended"),
    "figures.computed": ("সংখ্যা হিসাব", "Figures computed"),
    "list.exported": ("তালিকা ফাইল হিসেবে নেওয়া", "List taken as a file"),
    "work.cancelled": ("কাজ থামানোর অনুরোধ", "Work asked to stop"),
    "facts.measured": ("তথ্যের ঘাটতি মাপা", "How often facts are missing was measured"),
    "quality.checked": ("নথির মান যাচাই", "Quality of records checked"),
    "quality.tasks_opened": ("মান যাচাইয়ের কাজ খোলা", "Quality tasks opened"),
    "quality.assigned": ("মান যাচাইয়ের কাজ দেওয়া", "Quality tasks given"),
    "quality.task_ended": ("মান যাচাইয়ের কাজ শেষ", "Quality task ended"),
    "definitions.installed": ("কর্মসূচির নিয়ম স্থাপন", "Programme rules installed"),
}  # fmt: skip


# the unit in which a step of a job counts; rows where it is not named
UNIT_OF_STEP = {
    "reading": "steps", "checking": "steps", "writing": "steps", "snapshot": "steps", "decide": "parts",
    "linkage_keys": "steps", "linkage_compare": "steps", "linkage_group": "steps", "linkage_done": "steps",
    "load_decisions": "bytes", "registered": "people", "compute": "people", "load": "payments", "done": "payments",
    "send": "files", "shared": "parts", "quality": "parts", "report_data": "parts", "report_files": "files",
    "asking": "people", "deaths": "people", "indicators": "steps", "estimates": "parts", "read_enrolments": "steps",
    "find_transitions": "steps", "propose_transitions": "steps", "lab_sample": "steps",
    "lab_read": "parts", "lab_choose": "steps", "lab_measure": "steps",
    "fit": "parts", "card": "steps", "score": "steps",
}  # fmt: skip


for _kind, _words in (
    *BUDGET_WORDS.items(),
    *CHAIN_WORDS.items(),
    *INDICATOR_WORDS.items(),
    *MONEY_WORDS.items(),
    *EVENT_WORDS.items(),
    *FACT_WORDS.items(),
    *RIGHTS_WORDS.items(),
    *VERIFICATION_WORDS.items(),
    *PLAN_WORDS.items(),
    *CHECK_WORDS.items(),
    *REPORT_WORDS.items(),
    *SURVEY_WORDS.items(),
    *SCORE_WORDS.items(),
    *LAB_WORDS.items(),
    *COMMITTEE_WORDS.items(),
    *DEFINITION_WORDS.items(),
    *EVALUATION_WORDS.items(),
    *GEO_WORDS.items(),
):
    OFFICE_WORDS.setdefault(_kind, {}).update(_words)


def say(kind: str, code: object) -> str:
    """The words for ``code``: of ``kind`` here, else those of every page; a code without words as it is."""
    own = OFFICE_WORDS.get(kind, {}).get(str(code))
    return own[desk.language() == "en"] if own else word(code, desk.language(), kind)


def ledger_account(name: str) -> str:
    """An account of the ledger in words: "Owed to beneficiaries: Old Age Allowance" for payable:OAA."""
    at = desk.language() == "en"
    if name in OFFICE_WORDS["ledger"]:
        return OFFICE_WORDS["ledger"][name][at]
    kind, _, code = name.partition(":")
    words = OFFICE_WORDS["ledger"].get(kind, (kind, kind))[at]
    return f"{words}: {names.programme(code, desk.language())}" if code else words


def reason(text: str) -> str:
    """A reason of the log; of opening a record and of a death it begins with a code, told in words."""
    code, colon, note = text.partition(":")
    kind = next((kind for kind in ("purpose", "evidence") if code in OFFICE_WORDS[kind]), "")
    return say(kind, code) + colon + note if kind else text


def choices(kind: str, codes: Iterable[str]) -> list[tuple[str, str]]:
    return [(code, say(kind, code)) for code in codes]

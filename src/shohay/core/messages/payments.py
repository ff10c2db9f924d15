"""Messages of payments, and the words for why a line was held back or money came back."""

MESSAGES: dict[str, tuple[str, str]] = {
    "no_version": (
        "{programme} কর্মসূচির {day} তারিখে কার্যকর কোনো সংজ্ঞা নেই, তাই কত টাকা প্রাপ্য তা জানা যায় না। আগে সংজ্ঞা প্রকাশ করুন।",
        "Programme {programme} has no definition in force on {day}, so what is owed is unknown. Publish a definition"
        " first.",
    ),
    "period_wrong": (
        "সময়কাল মাসের প্রথম দিনে শুরু ও শেষ হতে হবে এবং একই অর্থবছরে থাকতে হবে; পাওয়া গেছে {first} থেকে {end}।",
        "A period must begin and end on the first day of a month and lie in one fiscal year; given {first} to {end}.",
    ),
    "budget_exceeded": (
        "{programme} কর্মসূচির {year} অর্থবছরের বরাদ্দ {budget} টাকা; এই পে-রোল অনুমোদন করলে মোট হবে {total} টাকা। "
        "বরাদ্দ বাড়ানো বা তালিকা কমানো ছাড়া অনুমোদন করা যাবে না।",
        "The budget of {programme} in {year} is Tk {budget}; with this payroll it would be Tk {total}. It cannot be"
        " approved unless the budget grows or the list shrinks.",
    ),
    "payroll_empty": (
        "এই পে-রোলে কোনো পরিশোধ নেই, তাই অনুমোদন করার কিছু নেই; আর কিছু করতে হবে না। কে কেন বাদ গেছেন তা তালিকার পাতায় আছে।",
        "This payroll holds no payment, so there is nothing to approve and nothing more to do. Its page says who was"
        " held back and why.",
    ),
    "payroll_not_approved": (
        "পে-রোলটি এখনো অনুমোদিত নয় (অবস্থা “{state}”), তাই ব্যাংকের ফাইল তৈরি বা পাঠানো যায় না। অন্য একজন কর্মকর্তাকে অনুমোদন করতে দিন।",
        "The payroll is not approved yet (state “{state}”), so no bank file can be made or sent. Have another officer"
        " approve it.",
    ),
    "file_changed": (
        "ব্যাংকের ফাইল {message_id} তৈরির পর বদলে গেছে বা হারিয়ে গেছে; এটি পাঠানো হয়নি। ফাইলগুলো আবার লিখুন, তারপর পাঠান।",
        "Bank file {message_id} was changed or lost after it was made, and was not sent. Write the files again, then"
        " send.",
    ),
    "bank_down": (
        "ব্যাংকের সঙ্গে যোগাযোগ করা যায়নি ({why}); কিছুই অর্ধেক হয়ে থাকেনি। কিছুক্ষণ পর আবার চেষ্টা করুন।",
        "The bank could not be reached ({why}); nothing was left half done. Try again after a while.",
    ),
    "bank_refused": (
        "ব্যাংক অনুরোধটি নেয়নি: {why}। উত্তরটি সংরক্ষিত আছে; কারণ ঠিক করে আবার পাঠান।",
        "The bank did not take the request: {why}. The answer is kept; put the cause right and send again.",
    ),
    "answer_unreadable": (
        "ব্যাংকের বার্তাটি পড়া যায়নি ({why}); এটি অপরিবর্তিত রাখা আছে কিন্তু প্রয়োগ করা হয়নি। ব্যাংককে আবার পাঠাতে বলুন।",
        "The bank's message could not be read ({why}); it is kept unchanged but was not applied. Ask the bank to send"
        " it again.",
    ),
    "replay_input_missing": (
        "পে-রোল {payroll}-এর সংরক্ষিত তথ্য {path} পাওয়া যায়নি, তাই পুনরাবৃত্তি করা যায় না। ব্যাকআপ থেকে ফেরান।",
        "The stored input {path} of payroll {payroll} is missing, so it cannot be repeated. Restore it from a backup.",
    ),
    "replay_input_changed": (
        "পে-রোল {payroll}-এর সংরক্ষিত তথ্য {path} বদলে গেছে: হ্যাশ মেলে না। ব্যাকআপ থেকে ফেরান এবং কে বদলেছে খুঁজে দেখুন।",
        "The stored input {path} of payroll {payroll} was changed: its hash does not agree. Restore it from a backup"
        " and find out who changed it.",
    ),
}

# Why an active enrolment got no line in a payroll.
HELD_BACK: dict[str, tuple[str, str]] = {
    "already_paid": ("এই সময়কালের টাকা আগেই দেওয়া হয়েছে", "already paid for this period"),
    "dead": ("মৃত হিসেবে নথিভুক্ত", "recorded as dead"),
    "duplicate": ("একই ব্যক্তির দ্বিতীয় নিবন্ধন", "second record of the same person"),
    "no_account": ("টাকা পাঠানোর হিসাব নেই", "no account to send the money to"),
    "shared_account": ("একই হিসাব অনেকে ব্যবহার করছেন", "one account serves too many people"),
    "in_kind": ("খাদ্য বা পণ্য সহায়তা: বিতরণ তালিকায়", "help in kind: on the distribution list"),
    "amount_unknown": ("কত প্রাপ্য তা জানার তথ্য নেই", "a fact that sets the amount is missing"),
    "not_this_period": ("এই সময়কালে কিছু প্রাপ্য নয়", "nothing is owed for this period"),
}

# ISO 20022 external status and return reason codes that a bank answers with.
BANK_REASONS: dict[str, tuple[str, str]] = {
    "AC01": ("হিসাব নম্বর ভুল", "account number is wrong"),
    "AC02": ("প্রদানকারী হিসাব নম্বর ভুল", "the paying account is wrong"),
    "AC03": ("প্রাপকের হিসাব নম্বর ভুল", "the receiving account is wrong"),
    "AC04": ("হিসাবটি বন্ধ", "account closed"),
    "AC06": ("হিসাবটি স্থগিত বা পিন সেট হয়নি", "account blocked, or its PIN was never set"),
    "AG01": ("এই ধরনের হিসাবে টাকা নেওয়া নিষিদ্ধ", "not allowed on this kind of account"),
    "AM02": ("অঙ্কটি সীমার বাইরে", "amount beyond the limit"),
    "AM03": ("মুদ্রা ভুল", "wrong currency"),
    "AM04": ("প্রদানকারী হিসাবে টাকা কম", "not enough money in the paying account"),
    "AM05": ("একই পরিশোধ দুইবার", "the same payment twice"),
    "AM10": ("ফাইলের মোট অঙ্ক মেলে না", "the total of the file does not agree"),
    "AM18": ("ফাইলের লাইনের সংখ্যা মেলে না", "the number of lines does not agree"),
    "BE01": ("নাম ও হিসাব মেলে না", "name and account do not match"),
    "BE04": ("প্রাপকের ঠিকানা নেই বা ভুল", "the receiver's address is missing or wrong"),
    "CUST": ("প্রাপকের অনুরোধে ফেরত", "sent back at the receiver's request"),
    "DT01": ("তারিখ ভুল", "wrong date"),
    "DUPL": ("একই ফাইল আগে পাওয়া গেছে", "the same file was received before"),
    "FF01": ("ফাইলের বিন্যাস ভুল", "the form of the file is wrong"),
    "MD07": ("হিসাবধারী মৃত", "the account holder has died"),
    "MS02": ("প্রাপকের ব্যাংক কারণ জানায়নি", "the receiver gave no reason"),
    "MS03": ("ব্যাংক কারণ জানায়নি", "the bank gave no reason"),
    "RC01": ("ব্যাংকের রাউটিং নম্বর ভুল", "the bank's routing number is wrong"),
    "": ("কারণ জানা যায়নি", "reason not given"),
}

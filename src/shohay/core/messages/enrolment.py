"""Messages of enrolment."""

MESSAGES: dict[str, tuple[str, str]] = {
    "list_not_approved": (
        "তালিকাটি এখনো অনুমোদিত নয় (অবস্থা “{state}”), তাই কাউকে তালিকাভুক্ত করা যায়নি। আগে তালিকাটি অনুমোদন করান।",
        "The list is not approved yet (state “{state}”), so nobody was enrolled. Have the list approved first.",
    ),
    "enrolment_overlaps": (
        "এই ব্যক্তি ওই কর্মসূচিতে একই সময়ে আগে থেকেই তালিকাভুক্ত। আগের তালিকাভুক্তি শেষ হওয়ার পরের তারিখ দিন।",
        "This person is already enrolled in that programme for the same time. Give a date after the earlier"
        " enrolment ends.",
    ),
    "enrolment_ended": (
        "এই তালিকাভুক্তি ইতিমধ্যে বন্ধ; আবার বন্ধ করা যায় না। ব্যক্তির পাতায় বর্তমান অবস্থা দেখুন।",
        "This enrolment has already been stopped and cannot be stopped again. See the person's page for the"
        " present state.",
    ),
    "stop_not_proposed": (
        "এই তালিকাভুক্তি বন্ধ করার কোনো প্রস্তাব নেই। আগে একজন কর্মকর্তা প্রস্তাব করবেন, পরে অন্যজন অনুমোদন করবেন।",
        "Nobody has proposed to stop this enrolment. One officer proposes first, then another approves.",
    ),
    "stop_before_start": (
        "বন্ধের তারিখ ({day}) তালিকাভুক্তি শুরুর তারিখের ({start}) পরে হতে হবে। পরের একটি তারিখ দিন।",
        "The last day ({day}) must come after the enrolment began ({start}). Give a later date.",
    ),
    "list_shown_day": (
        "{on} তারিখটি ঠিক নয়: তালিকা দেখানোর দিন আজ বা গত এক বছরের মধ্যে হতে হবে। তারিখটি দেখে আবার লিখুন।",
        "{on} cannot be right: the day must be today or within the last year. Look at the day and write it again.",
    ),
    "list_shown_nobody": (
        "{on} তারিখে এই ইউনিয়নে এই কর্মসূচির কোনো উপকারভোগী ছিলেন না। কর্মসূচি ও ইউনিয়ন আবার বেছে নিন।",
        "On {on} nobody of this union was on the programme. Choose the programme and the union again.",
    ),
    "list_shown_before": (
        "এই তালিকা {on} তারিখে এভাবে দেখানোর কথা আগেই লেখা আছে। নিচের তালিকায় দেখুন।",
        "It is written down already that this list was shown in this way on {on}. See it in the list below.",
    ),
}

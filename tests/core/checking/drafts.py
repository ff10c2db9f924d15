"""Small reports written for the tests: consistent as they stand; a test changes one place and looks what is said."""

from __future__ import annotations

from shohay.core.checking import Finding, check_lines

# each line of the report by a short name, so that a test can change it by name
ENGLISH = """
front	SOCIAL SUPPORT ACTION PLAN (2021-2026)
title	PROGRESS REPORT 2024

toc	Contents
toc1	1. Overview	2
toc11	1.1. Budgets of Ministries	2
toc12	1.2. List of Programmes	3
toc2	2. Progress of Ministries	5
toc21	2.1. Ministry of Social Welfare	5
toc22	2.2. Finance Division	7
toc23	2.3. Ministry of Food	9
toc24	2.4. Ministry of Land	10
toc3	3. Conclusion	12

h1	1. Overview

about	The plan holds 20 actions of 4 ministries, in three parts: money, people and systems.

h11	1.1. Budgets of Ministries

top	The Finance Division has the largest budget, at 900.00 crore taka. It is followed by the Ministry of Social Welfare with 500.50 crore taka, while the Ministry of Food, with over 240 crore taka, takes the third position.
people	The Ministry of Social Welfare reaches the highest number of beneficiaries, 60.00 lakh. The Ministry of Food follows closely with 40.00 lakh beneficiaries.
sum	The total budget of the ministries is 1,650.75 crore taka.

mh	Ministry	No. of Programmes	Budget (Crore Taka)	Beneficiary (Lakh)
m1	Ministry of Social Welfare	3	500.50	60.00
m2	Finance Division	2	900.00	8.00
m3	Ministry of Food	2	250.25	40.00
m4	Ministry of Land	0	0.00	0.00
mt	Total	7	1,650.75	108.00

h12	1.2. List of Programmes

lead	The government runs 7 programmes. Old Age Allowance has the highest number of beneficiaries, and Government Pension receives the largest allocation.

ph	Programme	Ministry	Beneficiary (Lakh)	Budget (Crore Taka)
p1	Old Age Allowance	Ministry of Social Welfare	40.00	300.50
p2	Widow Allowance	Ministry of Social Welfare	18.00	150.00
p3	Stipend for Students with Disabilities	Ministry of Social Welfare	2.00	50.00
p4	Government Pension	Finance Division	6.00	800.00
p5	Women's Fund	Finance Division	2.00	100.00
p6	Open Market Sale	Ministry of Food	25.00	150.25
p7	Food Friendly Programme	Ministry of Food	15.00	100.00

h2	2. Progress of Ministries

h21	2.1. Ministry of Social Welfare

i21	The Ministry of Social Welfare runs allowances for old persons, widows and persons with disabilities, and works for a life of dignity for all of them.

sh	Fiscal Year	Beneficiary (Lakh)	Budget (Crore Taka)
s1	2019-20	30.00	100.10
s2	2020-21	36.00	180.20
s3	2021-22	41.00	240.00
s4	2022-23	48.00	330.00
s5	2023-24	55.00	410.00
s6	2024-25	60.00	500.50

growth	The budget shows a fivefold increase, from 100.10 crore taka in 2019-20 to 500.50 crore taka in 2024-25.

ah	SL	Objectives	Activities	Performance Indicator	Timeframe	Status
a1	1	Widen the old age allowance	Update the manual for old age	Circular issued	June, 2022	Completed
a2			Cover every upazila	250 upazilas covered	July, 2023	Completed
a3				All upazilas covered	July, 2025	In-progress
a4	2	Single registry of beneficiaries	Create a central database	Database ready	December, 2023	Completed
a5			Link the database with payments	Link in use	December, 2025	In-progress
a6			Maintain the database of persons	Updated records	Continuous	Continuous

h22	2.2. Finance Division

i22	The Finance Division prepares the budget, pays the pensions of those who served the state, and moves payments to bank accounts and mobile wallets.

bh	SL	Objectives	Activities	Performance Indicator	Timeframe	Status
b1	1	Payments straight to people	Pilot wallet payments	Pilot completed	June, 2023	Completed
b2			Roll out wallet payments	Rolled out everywhere	June, 2026	In-progress
b3	2	Consolidate small programmes	Prepare a list of programmes	List sent to the cabinet	July, 2022	Completed
b4			Review the lists of programmes	Review report ready	December, 2025	In-progress
b5	3	Grievance redress	Arrange complaint boxes	Boxes in every office	Each year	Continuous

h23	2.3. Ministry of Food

i23	The Ministry of Food keeps the public stock of grain, sells rice and flour to the poor at a low price, and answers for safe food.

ch	SL	Objectives	Activities	Performance Indicator	Timeframe	Status
c1	1	Open market sale	Extend sale to rural markets	Rural dealers appointed	March, 2025	In-progress
c2			Print cards for buyers	Cards printed	May, 2024	Completed
c3	2	Consolidate small programmes	Prepare a list of programmes	List sent to the cabinet	August, 2022	Completed
c4			Review the lists of programmes	Review report ready	January, 2025	In-progress
c5	3	Grievance redress	Arrange complaint boxes	Boxes in every office	Each year	Continuous

h24	2.4. Ministry of Land

i24	The Ministry of Land surveys land, keeps the records of rights, and settles landless families on public land with title deeds of their own.

dh	SL	Objectives	Activities	Performance Indicator	Timeframe	Status
d1	1	Settle landless families	Survey public land	Survey done in 64 districts	April, 2023	Completed
d2			Settle families with title deeds	Title deeds handed over	October, 2025	In-progress
d3	2	Consolidate small programmes	Prepare a list of programmes	List sent to the cabinet	September, 2022	Completed
d4	3	Grievance redress	Arrange complaint boxes	Boxes in every office	Each year	Continuous

h3	3. Conclusion

end	The work goes on in 2025 with the same partners.
"""

BANGLA = """
front	সামাজিক সহায়তা কর্মপরিকল্পনা (২০২১-২০২৬)
title	অগ্রগতি প্রতিবেদন ২০২৪

h1	১. মন্ত্রণালয়ভিত্তিক বাজেট

top	অর্থ বিভাগের বাজেট ৯০০.০০ কোটি টাকা, যা সর্বোচ্চ। সমাজকল্যাণ মন্ত্রণালয়ের উপকারভোগী ৬০.০০ লাখ।

mh	মন্ত্রণালয়	কর্মসূচির সংখ্যা	বাজেট (কোটি টাকা)	উপকারভোগী (লাখ)
m1	সমাজকল্যাণ মন্ত্রণালয়	৩	৫০০.৫০	৬০.০০
m2	অর্থ বিভাগ	২	৯০০.০০	৮.০০
m3	খাদ্য মন্ত্রণালয়	২	২৫০.২৫	৪০.০০
mt	মোট	৭	১,৬৫০.৭৫	১০৮.০০

h2	২. কর্মপরিকল্পনার অগ্রগতি

ah	ক্রমিক	উদ্দেশ্য	কার্যক্রম	সূচক	সময়সীমা	অবস্থা
a1	১	বয়স্ক ভাতা সম্প্রসারণ	নির্দেশিকা হালনাগাদ করা	পরিপত্র জারি	জুন ২০২২	সম্পন্ন
a2		 	সব উপজেলায় সম্প্রসারণ	উপজেলার সংখ্যা	জুলাই ২০২৫	চলমান
a3	২	অভিযোগ প্রতিকার	অভিযোগ গ্রহণ অব্যাহত রাখা	নিষ্পত্তির হার	চলমান	ধারাবাহিক
"""


class Draft:
    """A report whose lines have names."""

    def __init__(self, text: str = ENGLISH) -> None:
        rows = [line.partition("\t") for line in text.strip("\n").split("\n")]
        self.names = [name.strip() for name, _tab, _text in rows]
        self.lines = [text for _name, _tab, text in rows]

    def line(self, name: str) -> int:
        """The number that findings call the line by."""
        return self.names.index(name) + 1

    def change(self, name: str, old: str, new: str) -> Draft:
        """The same report with ``old`` written as ``new`` in one line."""
        at = self.names.index(name)
        assert old in self.lines[at], (name, old)
        self.lines[at] = self.lines[at].replace(old, new, 1)
        return self

    def put(self, name: str, text: str) -> Draft:
        """Another whole line in the place of one."""
        self.lines[self.names.index(name)] = text
        return self

    def after(self, name: str, *lines: str) -> Draft:
        """New lines below one; they have no names."""
        at = self.names.index(name) + 1
        self.lines[at:at], self.names[at:at] = list(lines), [""] * len(lines)
        return self

    def drop(self, name: str) -> Draft:
        at = self.names.index(name)
        del self.lines[at], self.names[at]
        return self

    def findings(self, **options: object) -> list[Finding]:
        return check_lines(self.lines, **options)  # type: ignore[arg-type]

    def rules_at(self, name: str, **options: object) -> set[str]:
        """The rules that have something to say about a line."""
        return {
            row.rule for row in self.findings(**options) if row.line <= self.line(name) <= (row.line_end or row.line)
        }

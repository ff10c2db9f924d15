"""What is counted, as SQL over a row of people, households or payments: see core.indicator_counts for the meaning."""

from __future__ import annotations

DAYS = 15  # a payment credited so many days after the end of its period is in time
STANDARD = 30  # days in which a grievance is to be answered
OLD = {"female": 62, "male": 65}  # years; the age of the old age allowance
CENSUS_HOUSEHOLD = 4  # people; the census by district is known to us as population only
POOREST = 1  # the fifth that comes first

# count -> SQL over the table of its kind; see core.indicator_counts for what each means
OF_PEOPLE = {
    "people": "count(*)",
    "children": "count(*) filter (where child)",
    "older_people": "count(*) filter (where older)",
    "people_with_disability": "count(*) filter (where disabled)",
    "births": "count(*) filter (where newborn)",
    "contributors": "count(*) filter (where contributor)",
    "children_covered": "count(*) filter (where child and home_child)",
    "older_covered": "count(*) filter (where older and (pays_older or pension))",
    "disabled_covered": "count(*) filter (where disabled and pays_disability)",
    "expected_poor_permille": "coalesce(sum(likelihood), 0)",
    "poor_covered_permille": "coalesce(sum(likelihood) filter (where home_paid > 0), 0)",
    "quintile_people": "count(likelihood)",
    "quintile_covered": "count(likelihood) filter (where home_paid > 0)",
    "recipients_scored": "count(likelihood) filter (where paid > 0)",
    "recipients_not_poor_permille": "coalesce(sum(1000 - likelihood) filter (where paid > 0), 0)",
}
# of permille counts: the people in them
BEHIND = {
    "expected_poor_permille": "quintile_people",
    "poor_covered_permille": "quintile_covered",
    "recipients_not_poor_permille": "recipients_scored",
}
OF_HOMES = {
    "households": "count(*)",
    "households_complete": "count(*) filter (where complete)",
    "households_recent": "count(*) filter (where recorded > cutoff)",
    "household_poisha": "coalesce(sum(paid), 0)",
    "receiving_members": "coalesce(sum(members) filter (where paid > 0), 0)",
    "quintile_poisha": "coalesce(sum(paid) filter (where q > 0), 0)",
    "poorest_fifth_poisha": f"coalesce(sum(paid) filter (where q = {POOREST}), 0)",
    "income_poisha": "coalesce(sum(annual_income * 100) filter (where paid > 0), 0)",
    "income_known_poisha": "coalesce(sum(paid) filter (where annual_income is not null), 0)",
}
OF_PAYMENTS = {
    "payments_due": "sum(due)",
    "payments_sent": "sum(sent)",
    "payments_credited": "sum(credited)",
    "payments_timely": "sum(timely)",
    "payments_own_account": "sum(own)",
    "poisha_paid": "sum(paid)",
    "poisha_digital": "sum(digital)",
}
COMPLETE = ("area_type", "rooms", "walls", "has_television", "mobile_phones", "annual_income")  # known: data complete

"""Rice in a browser: a list approved, taken, recorded one by one and by file, closed; each page for axe."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

FILL = """
from shohay.cli.ready import ready; ready()
import json
from datetime import UTC, date, datetime
from django.db.backends.postgresql.psycopg_any import DateRange
from shohay.core.values import Period
from shohay.stages.accounts.queries import officer_of
from shohay.stages.enrolment.models import Enrolment
from shohay.stages.payments import actions, actions_kind
from tests.factories.world import make_person
names = [("মোছাঃ জাহানারা বেগম", "Mst. Jahanara Begum"), ("মোছাঃ সুফিয়া খাতুন", "Mst. Sufia Khatun"),
         ("মোছাঃ হালিমা বেওয়া", "Mst. Halima Bewa")]
for bn, en in names:
    person = make_person("55495217", name_bn=bn, name_en=en)
    Enrolment.objects.create(
        person=person, household=person.household, programme_code="VWB", area_code=person.area_code,
        valid=DateRange(date(2026, 7, 1), None), definition_sha256="0" * 64, enrolled_at=datetime.now(UTC),
        enrolled_by="manager",
    )
by = officer_of("manager")
cycle = actions.open_cycle(programme_code="VWB", period=Period(date(2026, 10, 1), date(2026, 11, 1)), by=by)
made = actions_kind.prepare_distributions(cycle=cycle, by=by)
mine = next(one for one in made if one.area_code == "554952")
print(json.dumps({"list": mine.pk, "rations": list(mine.lines.order_by("line_no").values_list("pk", flat=True))}))
"""


@pytest.fixture(scope="module")
def rice(site: Any) -> dict[str, Any]:
    """A list of three women of Kurigram Sadar, prepared: numbers of the list and its rations."""
    return json.loads(site.run("-c", FILL).splitlines()[-1])


def test_a_list_goes_from_approval_to_closing(office, axe, rice, site):
    page = office("upazila", "/office/distributions/?state=prepared", language="en")
    page.click(f"a[href='/office/distributions/{rice['list']}/']")
    assert "Approve 3 rations" in page.inner_text("main")
    page.click("button:has-text('Approve the list')")
    page.wait_for_selector("text=The list is approved.")
    axe(page)
    page.goto(f"{site.url}/office/rations/{rice['rations'][0]}/")
    axe(page)
    page.check("input[name=given][value=yes]")
    page.click("button:has-text('Record it')")
    page.wait_for_selector("text=Recorded:")
    with page.expect_download() as taken:
        page.click("button:has-text('To fill in')")
    rows = list(csv.DictReader(io.StringIO(taken.value.path().read_text(encoding="utf-8-sig"))))
    assert [row["Collected"] for row in rows] == ["Yes", "", ""]
    rows[1].update({"Collected": "yes", "Kg given": "28"})
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    file = {"name": "filled.csv", "mimeType": "text/csv", "buffer": text.getvalue().encode("utf-8-sig")}
    page.set_input_files("input[name=file]", files=[file])
    page.click("button:has-text('Send the file')")
    page.wait_for_selector("h1:has-text('File of who collected')")
    axe(page)
    page.click("a:has-text('Back to the list')")
    page.click("summary:has-text('Close this distribution')")
    page.click("button:has-text('Close the distribution')")
    page.wait_for_selector("text=The distribution is closed.")
    told = page.inner_text("main").replace("\u00a0", " ")
    for shown in ("58 kg", "Did not come", "Goods left over", "32 kg"):
        assert shown in told, shown


@pytest.mark.heavy
@pytest.mark.parametrize(("width", "language"), [(360, "bn"), pytest.param(1280, "en", marks=pytest.mark.heavy)])
def test_pages_of_goods_keep_the_rules_of_access_and_fit_their_window(width, language, office, axe, rice, site):
    page = office("upazila2", "/office/distributions/", width=width, language=language)
    axe(page)
    page.goto(f"{site.url}/office/distributions/{rice['list']}/")
    axe(page)
    for path in ("/office/left-out/", "/office/accounts/", "/office/supplements/"):
        page.goto(site.url + path)
        axe(page)
    manager = office("manager", "/office/distributions/", width=width, language=language)
    manager.click("details.plain summary")
    axe(manager)

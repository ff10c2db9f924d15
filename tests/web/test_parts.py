"""Pages by key, tables, forms."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from shohay.stages.programmes.models import Ministry, Programme
from shohay.web.parts import pager
from shohay.web.parts.addresses import without_numbers
from shohay.web.parts.forms import BanglaDateField, BanglaIntegerField, dress
from shohay.web.parts.tables import Column, Table


@pytest.fixture
def listed(db):
    ministry = Ministry.objects.create(
        code="M", order=1, name_bn="ক", name_en="M", programme_count=23, budget_crore=1, beneficiaries_lakh=1
    )
    for n in range(23):  # many share an order, so that the second column decides
        Programme.objects.create(
            code=f"P{n:02d}", order=n // 5, ministry=ministry, name_bn="ক", name_en="P", lifecycle_stage="old_age",
            thematic_cluster="Social Allowance", type="food",
        )  # fmt: skip
    return Programme.objects.all()


@pytest.mark.parametrize("order", [("order", "code"), ("-order", "code"), ("-order", "-code"), ("code",)])
@pytest.mark.parametrize("size", [1, 4, 23, 50])
def test_pages_forth_and_back_show_every_row_once(listed, order, size):
    whole = [row.code for row in listed.order_by(*order)]
    request, seen, firsts, key = RequestFactory(), [], [], ""
    while True:
        page = pager.page(request.get("/", {"after": key} if key else {}), listed, order=order, size=size)
        seen += [row.code for row in page.rows]
        firsts.append(page.rows[0].code)
        assert bool(page.previous) == (len(firsts) > 1)
        if not page.next:
            break
        key = page.next
    assert seen == whole
    while page.previous:
        page = pager.page(request.get("/", {"before": page.previous}), listed, order=order, size=size)
        firsts.pop()
        assert page.rows[0].code == firsts[-1]
    assert len(firsts) == 1
    assert (page.about, page.exact) == (23, True)


@pytest.mark.parametrize("key", ["x", "W10", "WyJhIl0", "WyJhIiwiYiJd", "e30", "%00"])
def test_a_key_that_somebody_typed_shows_the_first_page(listed, key):
    page = pager.page(RequestFactory().get("/", {"after": key}), listed, order=("order", "code"), size=5)
    assert [row.code for row in page.rows] == ["P00", "P01", "P02", "P03", "P04"]


def test_a_table_shows_each_kind_in_the_language():
    columns = [
        Column("name", lambda row: row[0], address=lambda row: f"/{row[0]}"),
        Column("sum", lambda row: row[1], "taka"),
        Column("state", lambda row: row[2], "state", context="payment"),
    ]
    with translation.override("bn"):
        table = Table(columns, [("ক", 65000, "returned")], caption="c", total=["মোট", 65000, None])
    (row,) = table.rows
    assert (row.address, row.cells[1].text, row.cells[1].is_number) == ("/ক", "৳\u00a0৬৫০", True)
    assert "ফেরত এসেছে" in row.cells[2].text
    assert [cell.text for cell in table.total] == ["মোট", "৳\u00a0৬৫০", ""]


@pytest.mark.parametrize("typed", ["21/11/2026", "২১/১১/২০২৬", "21-11-2026", "2026-11-21", " ২০২৬-১১-২১ "])
def test_dates_are_read_in_three_forms_and_both_scripts(typed):
    assert BanglaDateField().clean(typed) == date(2026, 11, 21)


@pytest.mark.parametrize("typed", ["31/02/2026", "11/21/2026", "x", "০"])
def test_impossible_dates_are_refused(typed):
    with pytest.raises(forms.ValidationError):
        BanglaDateField().clean(typed)


@given(st.integers(min_value=0, max_value=10**12))
def test_numbers_are_read_back_as_they_are_shown(value):
    from shohay.core.bangla import number

    for language in ("bn", "en"):
        assert BanglaIntegerField().clean(number(value, language)) == value


def test_a_wrong_field_points_to_its_error():
    class Form(forms.Form):
        name = forms.CharField(help_text="h")

    form = dress(Form({"name": ""}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in str(form["name"])
    assert 'aria-invalid="true"' in str(form["name"])


# ------------------------------------------------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    ("address", "clean"),
    [
        ("/office/people/?q=1987654321", "/office/people/"),
        ("/office/people/?q=১৯৮৭৬৫৪৩২১&page=2", "/office/people/?page=2"),
        ("/office/people/?q=0171%202345-678&area=554952", "/office/people/?area=554952"),
        ("/office/people/?19876543219876543=", "/office/people/"),
        ("/office/plan/items?late=1&ministry=MoSW", "/office/plan/items?late=1&ministry=MoSW"),
        ("/office/reform/", "/office/reform/"),
    ],
)
def test_an_address_carries_no_number_of_a_person(address, clean):
    assert without_numbers(address) == clean


def test_who_signs_in_from_an_old_link_leaves_the_number_behind(client, db):
    sent = client.get("/office/people/", {"q": "১৯৮৭৬৫৪৩২১", "area": "5549"})["Location"]
    assert sent == "/office/sign-in?next=/office/people/%3Farea%3D5549"
    page = client.get("/office/sign-in?next=/office/people/%3Fq%3D1987654321").content.decode()
    assert "1987654321" not in page.split("<main")[1].split("</main>")[0]

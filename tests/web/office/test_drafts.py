"""The editor of definitions, page by page: forms say what the document says, wrong input is told and nothing is lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shohay.core import definition_edit, document
from shohay.core.definition import Definition
from shohay.policy import shipped
from shohay.stages.accounts.models import User
from shohay.stages.programmes import models, queries_drafts
from shohay.web.office.programmes.parts import PARTS
from tests.factories.world import make_officer, publish_definition

pytestmark = pytest.mark.django_db
HOSTILE = (
    "sum(age) > 1", "(select 1) = 1", "age > 60; drop table x", "age > 999999999999999999", "age / 0 > 1",
    "(" * 400 + "age" + ")" * 400, "age >= 60 or " * 2000 + "true", "pg_sleep(5)", "agee >= 60", "sex = 'x'",
    "age >= :nothing", "age > 'a' || 'b'", "\x00", "exists (select 1)", "age::text = '1'", "<script>alert(1)</script>",
)  # fmt: skip


@pytest.fixture
def second(world) -> str:
    if not User.objects.filter(username="second_manager").exists():
        make_officer("second_manager", "programme_manager")
    return "second_manager"


@pytest.fixture
def draft(sit, world) -> models.DefinitionDraft:
    publish_definition()
    assert sit("programme_manager").post("/office/definitions/OAA/draft").status_code == 302
    return models.DefinitionDraft.objects.get(programme_id="OAA", state="open")


def filled(page: bytes) -> dict[str, Any]:
    """What a browser would send of the form of a part: every field as it stands."""
    text = page.decode()
    form = text[text.index('id="part"') :]
    sent: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name = re.search(r' name="([^"]+)"', tag)
        kind = re.search(r' type="([^"]+)"', tag)
        if name and not (kind and kind.group(1) == "checkbox" and " checked" not in tag):
            value = re.search(r' value="([^"]*)"', tag)
            sent[name.group(1)] = (
                value.group(1).replace("&#x27;", "'").replace("&lt;", "<").replace("&gt;", ">") if value else ""
            )
    for name, body in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', body)
        sent[name] = chosen.group(1) if chosen else re.findall(r'<option value="([^"]*)"', body)[0]
    for name, body in re.findall(r'<textarea name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        sent[name] = body.strip()
    return sent


@pytest.mark.parametrize("part", PARTS)
def test_a_part_says_what_the_document_says(part, sit, draft):
    """Sent back as it is shown, a part changes nothing."""
    desk = sit("programme_manager")
    address = f"/office/rule-drafts/{draft.pk}/part/{part}/"
    sent = filled(desk.get(address).content)
    if part == "about":
        sent |= {"legal-0-source": "Memo 7"}
    answer = desk.post(address, sent)
    assert answer.status_code == 302, re.findall(
        r"field-error.*?</p>|role=.alert.*?</div>", answer.content.decode(), re.DOTALL
    )
    before, after = (queries_drafts.parsed(row.text) for row in (draft.revisions.get(number=1), draft.revisions.last()))
    assert before is not None
    assert after is not None
    changed = after.versions[-1].model_dump(exclude={"legal"})
    assert changed == before.versions[-1].model_dump(exclude={"legal"})
    assert after.versions[:-1] == before.versions[:-1]


@pytest.mark.parametrize("part", PARTS)
def test_the_forms_hold_every_shipped_definition(part):
    for code in ("OAA", "FFP", "PESP", "FAMCARD", "VGF", "MCBP"):
        definition = shipped.by_code()[code][0]
        whole = document.read(definition.text)
        head, rows = PARTS[part].read(whole, definition_edit.edited(whole))
        given = _said(PARTS[part].head, head)
        sets = {one.name: [_said(one.form, row) for row in rows[one.name]] for one in PARTS[part].rows}
        after = Definition.parse(document.write(PARTS[part].write(whole, given, sets)))
        assert after.versions == definition.versions, definition.code


def _said(form: Any, initial: dict[str, Any]) -> dict[str, Any]:
    """What a form says when what it shows is sent back."""
    if form is None:
        return {}
    bound = form({name: value for name, value in initial.items() if value is not None})
    assert bound.is_valid(), (initial, bound.errors)
    return bound.cleaned_data


def test_drafted_submitted_and_published_by_another(sit, draft, second):
    writer, other = sit("programme_manager"), sit(second)
    here = f"/office/rule-drafts/{draft.pk}/"
    assert b"No legal source is given" in writer.get(here).content
    assert writer.post(f"{here}submit").status_code == 422
    sent = filled(writer.get(f"{here}part/about/").content) | {"legal-0-source": "Memo 7 of 2027"}
    assert writer.post(f"{here}part/about/", sent).status_code == 302
    sent = filled(writer.get(f"{here}part/parameters/").content)
    place = next(name for name, value in sent.items() if value == "age_men").replace("-name", "-value")
    assert writer.post(f"{here}part/parameters/", sent | {place: "৬০"}).status_code == 302
    page = writer.get(f"{here}difference/").content.decode()
    assert "<ins>60 years</ins>" in page
    assert "man of at least 60" in page
    page = writer.get(f"{here}cases/").content.decode()
    assert "1 answer differs from the published rules." in page
    assert writer.post(f"{here}submit", {"reason": "Men earlier"}).status_code == 302
    assert b"another officer publishes it" in writer.get(here).content
    refused = writer.post(f"{here}publish")
    assert (refused.status_code, "cannot publish" in refused.content.decode()) == (422, True)
    assert "Men earlier" in other.get(here).content.decode()
    assert other.post(f"{here}return", {"reason": ""}).status_code == 422
    assert other.post(f"{here}publish").status_code == 302
    assert models.Definition.objects.filter(programme_id="OAA").count() == 2
    shown = other.get("/office/definitions/OAA/?version=7").content.decode()
    assert "A man of at least 60" in shown
    assert "Programme rules published" in shown


def test_the_later_of_two_tabs_is_refused_and_keeps_what_was_typed(sit, draft):
    desk = sit("programme_manager")
    address = f"/office/rule-drafts/{draft.pk}/part/compatible/"
    first = filled(desk.get(address).content)
    assert desk.post(address, first | {"reason_en": "From the first tab"}).status_code == 302
    answer = desk.post(address, first | {"reason_en": "From the second tab"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "changed in another tab" in page
    assert "From the second tab" in page
    assert definition_edit.edited(queries_drafts.whole_of(models.DefinitionDraft.objects.get(pk=draft.pk)))["compatible"][
        "reason"]["en"] == "From the first tab"  # fmt: skip
    assert desk.post(address, filled(answer.content)).status_code == 302  # knowingly, over it


def test_nonsense_of_a_form_is_no_fault_of_the_server(sit, draft):
    desk = sit("programme_manager")
    here = f"/office/rule-drafts/{draft.pk}/"
    sent = filled(desk.get(f"{here}part/compatible/").content)
    for revision in ("", "abc", "٣", "9" * 40, "-1"):
        assert desk.post(f"{here}part/compatible/", sent | {"revision": revision, "reason_en": "x"}).status_code == 422
    assert desk.post(f"{here}part/compatible/", {"revision": "1"}).status_code == 422
    assert desk.post(f"{here}criteria/", {"do": "sideways:nothing", "revision": "1"}).status_code == 302
    assert desk.post(f"{here}criterion/?id=nothing", {}).status_code == 404
    assert desk.get(f"{here}part/nothing/").status_code == 404
    assert desk.post(f"{here}cases/", {"cases": "x" * 200_000}).status_code == 422
    assert desk.post(f"{here}drop", {"reason": "\x00 why"}).status_code == 302


def test_kept_while_one_types(sit, draft):
    desk = sit("programme_manager")
    address = f"/office/rule-drafts/{draft.pk}/part/compatible/"
    sent = filled(desk.get(address).content)
    kept = desk.post(address, sent | {"reason_en": "While typing", "auto": "1"}).content.decode()
    assert "Kept as revision 2" in kept
    assert 'name="revision" id="revision" value="2"' in kept
    stale = desk.post(address, sent | {"reason_en": "Stale", "auto": "1"}).content.decode()
    assert "another tab" in stale
    assert "hx-swap-oob" not in stale


@pytest.mark.parametrize(
    ("first", "words"),
    [("1/7/2025", "falls on the rules"), ("1/7/2026", "falls on the rules"), ("32/1/2027", "valid date")],
)
def test_days_that_do_not_follow_are_refused_with_what_to_do(first, words, sit, draft):
    desk = sit("programme_manager")
    address = f"/office/rule-drafts/{draft.pk}/part/about/"
    answer = desk.post(address, filled(desk.get(address).content) | {"first": first, "legal-0-source": "Memo"})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    draft.refresh_from_db()
    assert draft.revision == 1


def test_hostile_expressions_in_the_check_are_told_in_both_languages(sit, draft):
    desk = sit("programme_manager")
    for text in HOSTILE:
        answer = desk.post(f"/office/rule-drafts/{draft.pk}/check", {"must": text})
        page = answer.content.decode()
        assert answer.status_code == 200, text
        assert 'class="check wrong"' in page, text
        assert re.search("[\u0980-\u09ff]", page), text
        assert "<script>" not in page


@pytest.mark.parametrize(
    ("must", "place", "words"),
    [("age >= 60 and agee < 3", "15", "no fact “agee”"), ("age >= (60", "8", "cannot be read")],
)
def test_a_mistake_is_shown_at_its_letter(must, place, words, sit, draft):
    page = sit("programme_manager").post(f"/office/rule-drafts/{draft.pk}/check", {"must": must}).content.decode()
    assert f"Wrong at letter {place}" in page
    assert words in page


def test_what_a_missing_fact_does_and_what_is_true_for_everyone(sit, draft):
    desk = sit("programme_manager")
    page = desk.post(f"/office/rule-drafts/{draft.pk}/check", {"must": "age >= 0"}).content.decode()
    assert "the answer is: cannot tell" in page
    assert "Date of birth" in page
    assert "exclamation" in page or "wait-text" in page
    page = desk.post(f"/office/rule-drafts/{draft.pk}/check", {"must": "coalesce(is_landless, false)"}).content.decode()
    assert "nobody will be asked" in page


def test_a_condition_made_from_a_fact_moved_and_taken_out(sit, draft):
    desk = sit("programme_manager")
    here = f"/office/rule-drafts/{draft.pk}/"
    built = desk.post(
        f"{here}criterion/",
        {
            "do": "build",
            "fact": "annual_income",
            "comparison": "<=",
            "value": ":income_ceiling",
            "must": "",
            "revision": 1,
        },
    ).content.decode()
    assert "annual_income &lt;= :income_ceiling" in built
    assert "Own yearly income at most {income_ceiling}" in built
    new = {
        "id": "poor",
        "must": "annual_income <= 5000",
        "text_bn": "গরিব",
        "text_en": "Poor",
        "revision": 1,
        "do": "save",
    }
    wrong = desk.post(f"{here}criterion/", new | {"must": "annual_income <= "})
    assert (wrong.status_code, "গরিব" in wrong.content.decode()) == (422, True)
    assert desk.post(f"{here}criterion/", new).status_code == 302
    assert desk.post(f"{here}criterion/", new | {"revision": 2}).status_code == 422  # the id is there already
    assert desk.post(f"{here}criteria/", {"do": "up:poor", "revision": 2}).status_code == 302
    draft.refresh_from_db()
    ids = [one["id"] for one in definition_edit.edited(queries_drafts.whole_of(draft))["criteria"]]
    assert ids[-2:] == ["poor", "public_service"]
    for number, id_ in enumerate(ids, start=3):
        assert desk.post(f"{here}criteria/", {"do": f"drop:{id_}", "revision": number}).status_code == 302
    page = desk.get(here).content.decode()
    assert "There is no condition. Add at least one." in page
    for path in ("difference/", "cases/", "file/", "criteria/", "part/benefit/"):
        assert desk.get(here + path).status_code == 200


def test_another_officer_reads_and_does_not_write(sit, draft, second):
    other = sit(second)
    here = f"/office/rule-drafts/{draft.pk}/"
    for path in ("", "difference/", "cases/", "file/", "criteria/", "part/about/"):
        assert other.get(here + path).status_code == 200
    assert (
        other.post(f"{here}part/compatible/", filled(other.get(f"{here}part/compatible/").content)).status_code == 422
    )
    answer = other.post("/office/definitions/OAA/draft")
    assert (answer.status_code, "open already" in answer.content.decode()) == (422, True)
    assert sit("upazila_officer").get(here).status_code == 403


def test_exported_and_brought_back_it_is_the_same(sit, draft):
    desk = sit("programme_manager")
    assert desk.post(f"/office/rule-drafts/{draft.pk}/drop", {"reason": "to bring a file"}).status_code == 302
    text = b"".join(desk.get("/office/definitions/OAA/export"))
    published = models.Definition.objects.get(programme_id="OAA", state="published")
    assert Definition.parse(text.decode()).sha256 == published.sha256
    wrong = SimpleUploadedFile("oaa.yaml", text.replace(b"age >= :age_men", b"agee >= :age_men"))
    answer = desk.post("/office/rule-drafts/import", {"file": wrong})
    assert (answer.status_code, "Line 22 of the file" in answer.content.decode()) == (422, True)
    assert desk.post("/office/rule-drafts/import", {"file": SimpleUploadedFile("oaa.yaml", text)}).status_code == 302
    row = models.DefinitionDraft.objects.get(programme_id="OAA", state="open")
    assert row.sha256 == published.sha256
    exported = b"".join(desk.get(f"/office/rule-drafts/{row.pk}/export"))
    assert Definition.parse(exported.decode()).sha256 == published.sha256


def test_the_matrix_says_the_same_as_the_rules(sit, world):
    publish_definition()
    publish_definition("widow_allowance")
    page = sit("auditor").get("/office/definitions/matrix/").content.decode()
    assert page.count("May not be held together") >= 2
    rows = b"".join(sit("auditor").get("/office/definitions/matrix/?as=csv")).decode()
    assert "Old Age Allowance,Widow Allowance,May not be held together,May not be held together" in rows


def test_a_new_programme_begins_with_what_can_be_read(sit, world):
    models.Programme.objects.get_or_create(
        code="NEWP", defaults={"order": 900, "ministry": models.Ministry.objects.first(), "name_bn": "নতুন", "name_en": "New",
                               "lifecycle_stage": "", "thematic_cluster": "", "type": ""})  # fmt: skip
    desk = sit("programme_manager")
    answer = desk.post("/office/rule-drafts/new", {"programme": "NEWP", "unit": "household", "first": "1/7/2027"})
    assert answer.status_code == 302
    assert desk.get(answer["Location"]).status_code == 200
    assert (
        desk.post("/office/rule-drafts/new", {"programme": "NOPE", "unit": "person", "first": "x"}).status_code == 422
    )


def test_the_words_of_a_refusal_are_the_readers(sit, draft):
    page = sit("programme_manager", "bn").get(f"/office/rule-drafts/{draft.pk}/").content.decode()
    assert "আইনি সূত্র লেখা হয়নি" in page

"""When consent ends, pupils' names disappear from the register, on every public page."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from approvals.engine import take
from approvals.enums import RecordStatus
from awards.consent import follow_consent
from awards.models import Commendation
from awards.workflow import WORKFLOW
from foundation.pagestore.announcing import announce
from media.models import Pupil
from newsroom.turns import DUTIES
from tests.factories.awards import make_commendation, make_decision
from tests.factories.departments import make_user

pytestmark = pytest.mark.django_db
NAME = "Nguyễn Thị Hoa Mai"
TODAY = timezone.localdate


@pytest.fixture
def row(province, school):
    decision = make_decision("1300/QĐ-SGDĐT", issuer=province)
    make_commendation(decision, "Trần Đức Mạnh")
    return make_commendation(
        decision,
        NAME,
        is_pupil=True,
        department=school,
        unit_name="Trường THPT Chu Văn An",
        recipient_title="Lớp 10A1",
        achievement=f"Giải Nhất, em {NAME}",
    )


def in_book(school, user, name=NAME, **fields):
    """A pupil of age who agreed to be named."""
    agreed = {"age_band": "from_16", "pupil_agreed_on": TODAY(), "covers_name": True, "recorded_by": user}
    return Pupil.objects.create(department=school, name=name, **agreed | fields)


def public_pages(row):
    """Every public page that may show the row, as text."""
    client, decision = Client(), row.decision
    addresses = {
        "decision": decision.get_absolute_url(),
        "list": "/khen-thuong/",
        "list of the unit": f"/khen-thuong/?don-vi={row.department.slug}",
        "list by name": "/khen-thuong/?ten=Nguyễn Thị Hoa Mai",
        "file": "/khen-thuong/bang.csv",
        "verification": row.get_absolute_url(),
        "unit": row.department.get_absolute_url(),
        "home": "/",
        "search": "/tim-kiem/?q=Nguyễn Thị Hoa Mai",
        "api": "/api/v1/commendations",
        "api of the unit": f"/api/v1/units/{row.department.slug}/commendations",
    }
    found = {}
    for place, address in addresses.items():
        answer = client.get(address)
        assert answer.status_code == 200, (place, address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        found[place] = content.decode()
    return found


def naming(row):
    """The pages that contain the name, except where the search form repeats the query."""
    pages = public_pages(row)
    for place, asked in (("list by name", "ten"), ("search", "q")):
        pages[place] = pages[place].replace(f'name="{asked}" value="{NAME}"', "").split("<main")[1]
    shown = {place for place, page in pages.items() if f"{NAME}<" in page or f"{NAME}," in page}
    shown |= {place for place, page in pages.items() if f'"{NAME}"' in page and place.startswith("api")}
    return shown | {place for place, page in pages.items() if f"em {NAME}" in page}


def withdraw(pupil):
    Pupil.objects.filter(pk=pupil.pk).update(withdrawn_on=TODAY(), withdrawal_note="Mẹ em gọi")


def test_a_withdrawn_consent_leaves_initials_everywhere(row, school, head):
    pupil = in_book(school, head)
    follow_consent()
    announce(row.decision)
    assert naming(row) >= {"decision", "list", "file", "verification", "unit", "home"}
    before = public_pages(row)
    assert row.verify_code in before["list by name"]
    assert row.decision.number in before["search"].split("<main")[1]
    withdraw(pupil)
    assert follow_consent() == 1
    assert naming(row) == set()
    pages = public_pages(row)
    for place in ("decision", "list", "file", "verification", "unit"):
        assert "N.T.H.M." in pages[place], place
    assert row.verify_code not in pages["list by name"]
    assert row.decision.number not in pages["search"].split("<main")[1]
    assert Commendation.objects.get(pk=row.pk).recipient_name == NAME


def test_saving_the_book_is_enough(client, row, school, collaborator):
    pupil = in_book(school, collaborator)
    follow_consent()
    client.force_login(collaborator)
    address = reverse("admin:media_pupil_change", args=[pupil.pk])
    form = client.get(address).context["adminform"].form
    data = {b.html_name: v for b in form if (v := b.value()) not in (None, False)}
    data |= {"withdrawn_on": f"{TODAY():%d/%m/%Y}", "withdrawal_note": "Mẹ em gọi"}
    data |= {"pupil_agreed_on": f"{TODAY():%d/%m/%Y}"}
    answer = client.post(address, data)
    assert answer.status_code == 302, answer.context["errors"]
    assert naming(row) == set()


def test_a_consent_given_again_shows_the_name_again(row, school, head):
    pupil = in_book(school, head, withdrawn_on=TODAY(), withdrawal_note="x")
    follow_consent()
    assert naming(row) == set()
    Pupil.objects.filter(pk=pupil.pk).update(withdrawn_on=None)
    follow_consent()
    assert "decision" in naming(row)
    assert follow_consent() == 0


def test_a_pupil_in_no_book_is_named_nowhere(row, school, head):
    assert naming(row) == set()  # nobody asked the book yet
    Commendation.objects.filter(pk=row.pk).update(published_at=timezone.now())
    assert follow_consent() == 0  # nothing changes for readers
    row.refresh_from_db()
    assert (row.consent_asked, row.lacks_consent) == (True, True)
    assert naming(row) == set()
    pages = public_pages(row)
    for place in ("decision", "list", "file", "verification", "unit"):
        assert "N.T.H.M." in pages[place], place
    assert row.verify_code not in pages["list by name"]
    assert row.decision.number not in pages["search"].split("<main")[1]
    in_book(school, head)
    assert follow_consent() == 1
    assert naming(row) >= {"decision", "list", "file", "verification", "unit", "home"}


def test_a_consent_that_runs_out_is_followed_by_the_worker(row, school, head):
    pupil = in_book(school, head, until=TODAY())
    assert follow_consent() == 1
    Pupil.objects.filter(pk=pupil.pk).update(until=TODAY() - datetime.timedelta(days=1))
    duty = next(duty for duty in DUTIES if duty.run == follow_consent)
    assert duty.run() == 1
    assert naming(row) == set()


def test_a_namesake_elsewhere_and_a_teacher_of_that_name_stay(row, school, other_school, other_head, head):
    in_book(school, head)
    in_book(other_school, other_head, withdrawn_on=TODAY(), withdrawal_note="x")
    follow_consent()
    assert "decision" in naming(row)
    teacher = make_commendation(row.decision, "Lê Văn Thầy", department=school)
    in_book(school, head, "Lê Văn Thầy", withdrawn_on=TODAY(), withdrawal_note="x")
    follow_consent()
    teacher.refresh_from_db()
    assert not teacher.lacks_consent


def test_another_spelling_of_the_tone_is_the_same_pupil(province, school, head):
    row = make_commendation(make_decision(issuer=province), "Trần Thị Hòa", is_pupil=True, department=school)
    pupil = in_book(school, head, "Trần Thị Hoà")
    assert follow_consent() == 1
    row.refresh_from_db()
    assert row.public_name == "Trần Thị Hòa"
    withdraw(pupil)
    assert follow_consent() == 1
    row.refresh_from_db()
    assert row.public_name == "T.T.H."


def test_a_decision_published_later_is_published_without_the_name(province, school, registrar, head):
    in_book(school, head, withdrawn_on=TODAY(), withdrawal_note="x")
    follow_consent()
    decision = make_decision("1301/QĐ-SGDĐT", issuer=province, status=RecordStatus.DRAFTING)
    row = make_commendation(decision, NAME, is_pupil=True, department=school, achievement="Giải Nhất")
    boss = make_user("giamdoc", "head", province)
    decision = take(WORKFLOW, decision, "submit", actor=registrar, version=decision.version)
    take(WORKFLOW, decision, "publish", actor=boss, version=decision.version)
    row.refresh_from_db()
    assert row.lacks_consent
    assert naming(row) == set()


def test_staff_read_why(client, row, school, head, registrar):
    in_book(school, head, withdrawn_on=TODAY(), withdrawal_note="x")
    follow_consent()
    client.force_login(registrar)
    page = client.get(reverse("admin:awards_commendation_change", args=[row.pk])).content.decode()
    assert "Đang ẩn tên theo sổ đồng ý" in page
    assert NAME in page

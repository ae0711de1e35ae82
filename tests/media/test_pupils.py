"""The consent book: whose consent a picture needs, who keeps the book, what a photo's readers get."""

import datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from events.models import Event
from media.exposure import expose
from media.models import Photo, Pupil
from tests.factories.events import make_event
from tests.factories.media import make_photo, make_pupil

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 9, 5)
LIST = "/admin/media/pupil/"
PHOTO = {"caption": "Giờ ra chơi", "alt_text": "Sân trường", "rights": "own", "focal_x": 50, "focal_y": 40}


@pytest.mark.parametrize(
    ("band", "pupil", "guardian", "words"),
    [
        ("under_7", None, None, "chưa có sự đồng ý của cha, mẹ hoặc người giám hộ"),
        ("under_7", DAY, None, "chưa có sự đồng ý của cha, mẹ hoặc người giám hộ"),
        ("under_7", None, DAY, ""),
        ("from_7", None, None, "chưa có sự đồng ý của học sinh và của cha, mẹ hoặc người giám hộ"),
        ("from_7", DAY, None, "chưa có sự đồng ý của cha, mẹ hoặc người giám hộ"),
        ("from_7", None, DAY, "chưa có sự đồng ý của học sinh"),
        ("from_7", DAY, DAY, ""),
        ("from_16", None, DAY, "chưa có sự đồng ý của học sinh"),
        ("from_16", DAY, None, ""),
    ],
)
def test_whose_consent_each_age_needs(band, pupil, guardian, words):
    made = make_pupil(age_band=band, pupil_agreed_on=pupil, guardian_agreed_on=guardian)
    assert made.why_not("picture") == words
    assert Pupil.objects.consenting("picture").exists() is not bool(words)
    assert Pupil.objects.withholding("picture").exists() is bool(words)


@pytest.mark.parametrize(
    ("fields", "matter", "words"),
    [
        ({"covers_picture": False}, "picture", "sự đồng ý không gồm việc đăng ảnh"),
        ({}, "ethnic_group", "sự đồng ý không gồm việc nêu thành phần dân tộc"),
        ({"until": datetime.date(2026, 9, 30)}, "name", "sự đồng ý đã hết hạn ngày 30/09/2026"),
        ({"withdrawn_on": datetime.date(2026, 10, 1)}, "name", "đã rút sự đồng ý ngày 01/10/2026"),
    ],
)
def test_consent_covers_what_it_says_for_as_long_as_it_says(fields, matter, words):
    made = make_pupil(**fields)
    assert made.why_not(matter) == words
    assert list(Pupil.objects.withholding(matter)) == [made]


def test_consent_lasts_to_the_end_of_its_day():
    made = make_pupil(until=timezone.localdate())
    assert not made.why_not("picture")
    assert Pupil.objects.consenting("picture").exists()


@pytest.fixture
def photo(school):
    return make_photo("Giờ ra chơi", department=school)


def test_one_pupil_who_does_not_agree_keeps_a_public_photo_back(client, photo, school):
    expose("article:1", [photo.pk])
    photo.pupils.add(make_pupil(department=school))
    assert Photo.objects.showable().filter(pk=photo.pk).exists()
    assert Photo.objects.with_exposure().get(pk=photo.pk).is_public
    photo.pupils.add(make_pupil("Y Thắng Niê", department=school, withdrawn_on=DAY))
    assert not Photo.objects.showable().exists()
    assert not Photo.objects.with_exposure().get(pk=photo.pk).is_public
    address = reverse("media:photo_file", args=[photo.content_hash, 480, "jpg"])
    assert client.get(address).status_code == 404


def test_an_event_shows_no_photo_of_a_pupil_who_does_not_agree(client, photo, school):
    other = make_photo("Ảnh chính", department=school)
    event = make_event("Hội nghị tập huấn", host=school, status="public", lead_photo=other)
    event.event_photos.create(photo=photo, position=1)
    page = Event.objects.get(pk=event.pk).get_absolute_url()
    shown = client.get(page).text
    assert photo.content_hash in shown
    assert other.content_hash in shown
    pupil = make_pupil(department=school, pupil_agreed_on=None)
    pupil.photos.add(photo, other)
    shown = client.get(page).text
    assert photo.content_hash not in shown
    assert other.content_hash not in shown


# --- the book ----------------------------------------------------------------------------------------


def filled_in(school, **words):
    return {
        "department": school.pk,
        "name": "Lê Thị Na",
        "class_name": "5A",
        "age_band": "from_7",
        "covers_picture": "on",
        "pupil_agreed_on": "05/09/2026",
        "guardian_agreed_on": "06/09/2026",
        "guardian_name": "Lê Văn Mít",
        "medium": "paper",
    } | words


def test_the_collaborator_keeps_the_book_of_the_unit(client, collaborator, school):
    client.force_login(collaborator)
    client.post(LIST + "add/", filled_in(school))
    made = Pupil.objects.get()
    assert (made.name, made.recorded_by, made.why_not("picture")) == ("Lê Thị Na", collaborator, "")
    shown = client.get(LIST, {"q": "le thi na"}).text
    assert "Lê Thị Na" in shown


def test_withdrawing_is_written_down(client, collaborator, school):
    client.force_login(collaborator)
    made = make_pupil("Lê Thị Na", department=school)
    words = filled_in(school, withdrawn_on="01/10/2026", withdrawal_note="Mẹ em gọi điện cho cô chủ nhiệm")
    client.post(f"{LIST}{made.pk}/change/", words)
    made.refresh_from_db()
    assert made.why_not("picture") == "đã rút sự đồng ý ngày 01/10/2026"
    entry = LogEntry.objects.get(object_id=str(made.pk))
    assert entry.user == collaborator
    assert "rút lại ngày" in entry.get_change_message().lower()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"pupil_agreed_on": "01/01/2099"}, "Ngày này chưa tới"),
        ({"guardian_name": ""}, "Hãy ghi họ tên cha, mẹ hoặc người giám hộ đã đồng ý."),
        ({"withdrawn_on": "01/10/2026"}, "Hãy ghi ai báo rút và bằng cách nào"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_what_was_typed_stays(
    client, collaborator, school, words, message
):
    client.force_login(collaborator)
    shown = client.post(LIST + "add/", filled_in(school, **words)).text
    assert message in shown
    assert 'value="Lê Thị Na"' in shown
    assert not Pupil.objects.exists()


def test_other_units_and_roles_do_not_reach_the_book(client, school, everybody_else):
    made = make_pupil("Lê Thị Na", department=school)
    for person in everybody_else:
        client.force_login(person)
        for way in (LIST, f"{LIST}{made.pk}/change/", f"{LIST}autocomplete/", f"{LIST}{made.pk}/history/"):
            assert "Lê Thị Na" not in client.get(way, follow=True).text, (person, way)
        asked = {"app_label": "media", "model_name": "photo", "field_name": "pupils", "term": "na"}
        assert "Lê Thị Na" not in client.get("/admin/autocomplete/", asked).text
        client.post(f"{LIST}{made.pk}/change/", filled_in(school, name="Đã sửa"))
        made.refresh_from_db()
        assert made.name == "Lê Thị Na"


@pytest.fixture
def everybody_else(other_collaborator, other_head, registrar, administrator, auditor):
    return other_collaborator, other_head, registrar, administrator, auditor


def test_nobody_deletes_from_the_book(client, head, school):
    made = make_pupil(department=school)
    client.force_login(head)
    assert client.post(f"{LIST}{made.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Pupil.objects.exists()


def test_a_photo_names_its_pupils_and_is_found_by_them(client, collaborator, school, photo):
    client.force_login(collaborator)
    made = make_pupil("Lê Thị Na", department=school)
    client.post(f"/admin/media/photo/{photo.pk}/change/", PHOTO | {"pupils": [made.pk]})
    assert list(photo.pupils.all()) == [made]
    wall = "/admin/media/photo/"
    for asked in ({"q": "thi na"}, {"em": made.pk}, {"dong-y": "du"}):
        assert "Giờ ra chơi" in client.get(wall, asked).text, asked
    for asked in ({"dong-y": "chua"}, {"dong-y": "khong"}):
        assert "Giờ ra chơi" not in client.get(wall, asked).text, asked
    Pupil.objects.update(withdrawn_on=DAY)
    assert "Học sinh chưa đồng ý" in client.get(wall, {"dong-y": "chua"}).text


def test_a_pupil_of_a_strange_book_is_not_chosen(client, collaborator, photo, other_school):
    client.force_login(collaborator)
    strange = make_pupil("Lê Thị Na", department=other_school)
    client.post(f"/admin/media/photo/{photo.pk}/change/", PHOTO | {"pupils": [strange.pk]})
    assert not photo.pupils.exists()
    assert client.get("/admin/media/photo/", {"em": strange.pk}).status_code in (200, 302)


def test_a_strange_number_of_a_pupil_is_no_error(client, collaborator, photo):
    client.force_login(collaborator)
    for asked in ("x", "9" * 30, "-1", ""):
        assert client.get("/admin/media/photo/", {"em": asked}, follow=True).status_code == 200

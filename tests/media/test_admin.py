"""The library in the office: what comes in, who sees and mends what, and what is never lost."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from media.models import Photo
from tests.factories.articles import make_draft, make_published
from tests.factories.events import make_event
from tests.factories.media import image_bytes, make_image, make_photo, make_upload

pytestmark = pytest.mark.django_db
LIST = "/admin/media/photo/"
ADD = "/admin/media/photo/add/"


@pytest.fixture
def own(school):
    return make_photo("Lễ chào cờ đầu tuần", department=school)


@pytest.fixture
def foreign(other_school):
    return make_photo("Ảnh của trường khác", department=other_school)


def upload(client, *files, **words):
    return client.post(ADD, {"files": list(files)} | words, follow=True)


def test_many_files_come_in_with_their_shared_words(client, collaborator, school):
    client.force_login(collaborator)
    first = make_upload(image_bytes(image=make_image((700, 480))), name="mot.jpg")
    second = make_upload(image_bytes(image=make_image((710, 480))), name="hai.jpg")
    answer = upload(
        client, first, second, department=school.pk, credit="Nguyễn Thị Lan", taken_on="20/11/2026"
    )
    assert "Đã nhận 2 ảnh" in answer.content.decode()
    rows = Photo.objects.values_list("credit", "taken_on", "department", "uploaded_by")
    assert list(rows) == [("Nguyễn Thị Lan", datetime.date(2026, 11, 20), school.pk, collaborator.pk)] * 2


def test_a_bad_file_is_named_and_the_good_ones_and_the_words_stay(client, collaborator, school):
    client.force_login(collaborator)
    bad = SimpleUploadedFile("bai.docx", b"PK\x03\x04 words", content_type="image/jpeg")
    answer = upload(client, bad, make_upload(), department=school.pk, credit="Nguyễn Thị Lan")
    html = answer.content.decode()
    assert answer.status_code == 400
    assert "bai.docx" in html
    assert "Đây là tệp Word hoặc tệp nén, không phải ảnh" in html
    assert 'value="Nguyễn Thị Lan"' in html
    assert Photo.objects.count() == 1


def test_a_storage_that_is_away_is_told_in_words_and_keeps_nothing(client, collaborator, school, tmp_path):
    client.force_login(collaborator)
    tmp_path.joinpath("uploads").write_text("a file where the folder should be")
    answer = client.post(reverse("admin:media_photo_upload_json"), {"file": make_upload()})
    assert answer.status_code == 400
    assert "đang đầy hoặc không trả lời" in answer.json()["error"]
    page = upload(client, make_upload(name="mot.jpg"), department=school.pk, credit="Nguyễn Thị Lan")
    assert page.status_code == 400
    assert "mot.jpg" in page.content.decode()
    assert 'value="Nguyễn Thị Lan"' in page.content.decode()
    assert not Photo.objects.exists()


def test_the_same_file_twice_is_one_photo_and_is_said_so(client, collaborator, school):
    client.force_login(collaborator)
    content = image_bytes()
    upload(client, make_upload(content), department=school.pk)
    answer = upload(client, make_upload(content, name="khac.jpg"), department=school.pk)
    assert Photo.objects.count() == 1
    assert "đã có trong kho từ trước" in answer.content.decode()


def test_nothing_chosen_is_told_at_the_field(client, collaborator, school):
    client.force_login(collaborator)
    answer = client.post(ADD, {"department": school.pk, "credit": "Lan"})
    assert "Hãy chọn ít nhất một ảnh." in answer.content.decode()
    assert 'value="Lan"' in answer.content.decode()


def test_nobody_brings_photos_in_for_another_unit(client, collaborator, other_school):
    client.force_login(collaborator)
    upload(client, make_upload(), department=other_school.pk)
    client.post(
        reverse("admin:media_photo_upload_json"), {"file": make_upload(), "department": other_school.pk}
    )
    assert not Photo.objects.filter(department=other_school).exists()


@pytest.mark.parametrize("url", [ADD, "/admin/media/photo/tai-len.json"])
def test_without_a_unit_of_ones_own_the_reason_is_said(client, administrator, auditor, url):
    for person in (administrator, auditor):
        client.force_login(person)
        answer = client.post(url, {"file": make_upload()})
        assert answer.status_code == 403
    assert Photo.objects.count() == 0


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Chưa nhận được tệp nào"),
        ({"file": SimpleUploadedFile("a.jpg", b"no")}, "không phải ảnh"),
        ({"department": "x"}, "đơn vị này"),
        ({"department": "9" * 30}, "đơn vị này"),
    ],
)
def test_the_editor_is_told_in_words_why_a_file_was_refused(client, collaborator, data, words):
    client.force_login(collaborator)
    answer = client.post("/admin/media/photo/tai-len.json", data)
    assert answer.status_code == 400
    assert words in answer.json()["error"]
    assert client.get("/admin/media/photo/tai-len.json").status_code == 405


def test_the_editor_brings_nothing_in_for_another_unit(client, collaborator, other_school):
    client.force_login(collaborator)
    data = {"file": make_upload(), "department": other_school.pk}
    answer = client.post("/admin/media/photo/tai-len.json", data)
    assert answer.status_code == 400
    assert "đơn vị này" in answer.json()["error"]
    assert not Photo.objects.exists()


def test_the_wall_shows_own_photos_and_public_ones_only(client, collaborator, own, foreign):
    shown = make_photo("Ảnh đã công khai", department=foreign.department)
    shown.exposures.create(subject="article:1")
    client.force_login(collaborator)
    html = client.get(LIST).content.decode()
    assert "Lễ chào cờ đầu tuần" in html
    assert "Ảnh đã công khai" in html
    assert "Ảnh của trường khác" not in html
    assert client.get(f"{LIST}{foreign.pk}/change/").status_code == 302  # as if it were not there
    picked = {row["id"] for row in client.get("/admin/media/photo/chon.json").json()["photos"]}
    assert picked == {own.pk, shown.pk}


@pytest.mark.parametrize("words", ["chao co", "CHÀO CỜ", "lễ"])
def test_words_find_with_and_without_marks(client, collaborator, own, words):
    make_photo("Hội khỏe Phù Đổng", department=own.department)
    client.force_login(collaborator)
    html = client.get(LIST, {"q": words}).content.decode()
    assert "Lễ chào cờ" in html
    assert "Phù Đổng" not in html


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"dung": "co"}, {"công khai"}),
        ({"dung": "chua"}, {"thiếu", "hết hạn"}),
        ({"thieu": "nguon"}, {"thiếu"}),
        ({"han": "het"}, {"hết hạn"}),
        ({"nam": "2017"}, {"hết hạn"}),
        ({"nam": "abc"}, {"công khai", "thiếu", "hết hạn"}),
    ],
)
def test_filters(client, collaborator, school, asked, found):
    make_photo("công khai", department=school).exposures.create(subject="article:1")
    make_photo("thiếu", department=school, credit="")
    day = datetime.date(2017, 11, 10)
    make_photo("hết hạn", department=school, rights_until=day, taken_on=day)
    client.force_login(collaborator)
    results = client.get(LIST, asked).context["cl"].result_list
    assert {photo.caption for photo in results} == found


def test_the_wall_costs_the_same_with_many(client, collaborator, school):
    client.force_login(collaborator)
    costs = []
    for count in (1, 20):
        for _ in range(count):
            make_photo(department=school)
        with CaptureQueriesContext(connection) as asked:
            client.get(LIST)
        costs.append(len(asked))
    assert costs[0] == costs[1]


def words_of(photo, **changed):
    fields = ("caption", "credit", "alt_text", "place", "rights", "focal_x", "focal_y")
    return {name: getattr(photo, name) for name in fields} | changed


def test_words_are_mended_and_the_file_never(client, collaborator, own):
    client.force_login(collaborator)
    page = f"{LIST}{own.pk}/change/"
    before = own.content_hash
    client.post(
        page,
        words_of(own, caption="Lễ khai giảng", focal_x=20) | {"content_hash": "x", "file": make_upload()},
    )
    own.refresh_from_db()
    assert (own.caption, own.focal_x, own.content_hash) == ("Lễ khai giảng", 20, before)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"is_decorative": "on"}, "Ảnh đã có mô tả thì không phải ảnh trang trí"),
        ({"focal_x": "120"}, "100"),
        ({"rights_until": "32/13/2026"}, "ngày"),
    ],
)
def test_what_cannot_be_is_told_and_the_words_stay(client, collaborator, own, changed, message):
    client.force_login(collaborator)
    html = client.post(f"{LIST}{own.pk}/change/", words_of(own, caption="Lễ mới") | changed).content.decode()
    assert message in html
    assert "Lễ mới" in html
    own.refresh_from_db()
    assert own.caption == "Lễ chào cờ đầu tuần"


@pytest.mark.parametrize("who", ["other_collaborator", "auditor", "administrator", "registrar"])
def test_others_change_nothing(client, own, request, who):
    client.force_login(request.getfixturevalue(who))
    client.post(f"{LIST}{own.pk}/change/", words_of(own, caption="Đổi trộm"))
    client.post(
        LIST, {"action": "edit_many", "_selected_action": [own.pk], "apply": "1", "credit": "Đổi trộm"}
    )
    own.refresh_from_db()
    assert (own.caption, own.credit) == ("Lễ chào cờ đầu tuần", "Trần Văn Minh")


def test_the_desk_mends_photos_of_the_units_below(client, desk_editor, own):
    client.force_login(desk_editor)
    client.post(f"{LIST}{own.pk}/change/", words_of(own, caption="Sở đã sửa"))
    own.refresh_from_db()
    assert own.caption == "Sở đã sửa"


def test_nobody_deletes_a_photo(client, collaborator, head, own):
    for person in (collaborator, head):
        client.force_login(person)
        assert client.post(f"{LIST}{own.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Photo.objects.filter(pk=own.pk).exists()


def test_many_are_mended_at_once_and_foreign_ones_left_alone(client, collaborator, own, foreign):
    foreign.exposures.create(subject="article:1")
    second = make_photo("Ảnh hai", department=own.department, place="Sân trường")
    client.force_login(collaborator)
    asked = {"action": "edit_many", "_selected_action": [own.pk, second.pk, foreign.pk]}
    html = client.post(LIST, asked).content.decode()
    assert "Sửa 2 ảnh cùng lúc" in html
    assert "1 ảnh của đơn vị khác được để nguyên" in html
    assert "Hãy điền ít nhất một ô" in client.post(LIST, asked | {"apply": "1"}).content.decode()
    client.post(LIST, asked | {"apply": "1", "credit": "Nguyễn Thị Lan"})
    rows = Photo.objects.order_by("pk").values_list("credit", "place")
    assert ("Nguyễn Thị Lan", "Sân trường") in rows
    assert Photo.objects.get(pk=foreign.pk).credit == "Trần Văn Minh"


def test_the_page_says_where_a_photo_is_used(client, collaborator, head, other_collaborator, own):
    figure = f'<figure data-photo="{own.pk}" data-credit="Lan" data-alt="Cờ">'
    body = f"{figure}<figcaption>Lễ</figcaption></figure><p>Lời.</p>"
    make_published(collaborator, head, title="Bài đang đăng", body=body)
    make_draft(collaborator, title="Bản nháp riêng", body=body)
    make_event(title="Hội nghị", photos=(own,))
    client.force_login(collaborator)
    html = client.get(f"{LIST}{own.pk}/change/").content.decode()
    for words in ("Bài “Bài đang đăng”", "Bài “Bản nháp riêng”", "Sự kiện “Hội nghị”"):
        assert words in html
    client.force_login(other_collaborator)
    html = client.get(f"{LIST}{own.pk}/change/").content.decode()
    assert "Bài đang đăng" in html
    assert "Bản nháp riêng" not in html


def test_the_picker_goes_on_after_a_photo(client, collaborator, school):
    for _ in range(30):
        make_photo(department=school)
    client.force_login(collaborator)
    first = client.get("/admin/media/photo/chon.json").json()
    rest = client.get("/admin/media/photo/chon.json", {"truoc": first["more"]}).json()
    assert (len(first["photos"]), len(rest["photos"]), rest["more"]) == (24, 6, None)
    assert not {row["id"] for row in first["photos"]} & {row["id"] for row in rest["photos"]}


def test_the_wall_is_narrowed_to_the_photos_of_an_event(client, collaborator, school, own, other_school):
    make_photo("Ảnh không thuộc sự kiện", department=school)
    event = make_event(
        "Hội nghị tập huấn", host=school, lead_photo=make_photo("Ảnh chính", department=school)
    )
    event.event_photos.create(photo=own, position=1)
    secret = make_event("Zebra chưa công bố", host=other_school, status="drafting", lead_photo=own)
    client.force_login(collaborator)
    shown = client.get(LIST, {"su-kien": event.pk}).text
    assert "Lễ chào cờ đầu tuần" in shown
    assert "Ảnh chính" in shown
    assert "Ảnh không thuộc sự kiện" not in shown
    assert "Zebra" not in shown
    for strange in (secret.pk, "x", "9" * 30):
        assert "Ảnh không thuộc sự kiện" in client.get(LIST, {"su-kien": strange}, follow=True).text

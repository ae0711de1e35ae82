"""A private preview: readable with its address, never cached, gone when it has ended."""

import datetime
import re

import pytest
from django.utils import timezone

from approvals.models import AuditEntry
from articles.models import Article, PreviewLink
from articles.writing import preview_links
from media.models import Photo
from media.uploads import receive
from tests.factories.articles import make_draft, make_published
from tests.factories.media import image_bytes, make_image, make_photo, make_pupil, make_upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def photo(collaborator, school, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return receive(
        make_upload(image_bytes(image=make_image((640, 480)))), department=school, uploaded_by=collaborator
    )[0]


@pytest.fixture
def draft(collaborator, photo):
    figure = f'<figure data-photo="{photo.pk}" data-credit="Lan" data-alt="Cờ">'
    body = f"{figure}<figcaption>Lễ</figcaption></figure><p>Lời riêng.</p>"
    return make_draft(collaborator, title="Bản nháp zebra", body=body)


@pytest.fixture
def address(draft, collaborator):
    return f"/xem-truoc/{preview_links.make_link(draft, by=collaborator, days=3)}/"


def test_it_shows_what_was_frozen_with_its_photos_and_says_what_it_is(client, draft, address, photo):
    Article.objects.filter(pk=draft.pk).update(title="Viết tiếp sau đó")
    answer = client.get(address)
    html = answer.content.decode()
    assert "Bản nháp zebra" in html
    assert "Viết tiếp sau đó" not in html
    assert "Bản xem trước, chưa đăng" in html
    picture = f"{address}anh/{photo.content_hash}/{photo.renditions[-1][1]}.jpg"
    assert picture in html
    assert f"/uploads/anh/{photo.content_hash}" not in html
    file = client.get(picture)
    assert (file.status_code, file.headers["Content-Type"]) == (200, "image/jpeg")
    assert client.get(picture.replace(address + "anh", "/uploads/anh")).status_code == 404


def test_nobody_keeps_or_indexes_it(client, address):
    headers = client.get(address).headers
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Cache-Tag" not in headers


def test_it_reaches_no_other_photo(client, address, school):
    other = make_photo(department=school)
    assert client.get(f"{address}anh/{other.content_hash}/480.jpg").status_code == 404


@pytest.mark.parametrize("how", ["a pupil who does not agree", "rights that ended"])
def test_it_shows_no_photo_that_may_not_be_shown(client, address, photo, school, how):
    picture = f"{address}anh/{photo.content_hash}/{photo.renditions[-1][1]}.jpg"
    assert client.get(picture).status_code == 200
    if how == "rights that ended":
        Photo.objects.filter(pk=photo.pk).update(rights_until=datetime.date(2020, 1, 1))
    else:
        photo.pupils.add(make_pupil(department=school, withdrawn_on=datetime.date(2026, 10, 1)))
    assert client.get(picture).status_code == 404
    assert photo.content_hash not in client.get(address).content.decode()


@pytest.mark.parametrize("how", ["revoked", "ended", "unknown"])
def test_when_it_is_over_it_was_never_there(client, address, photo, collaborator, how):
    link = PreviewLink.objects.get()
    if how == "revoked":
        preview_links.revoke_link(link, by=collaborator)
    elif how == "ended":
        past = timezone.now() - datetime.timedelta(seconds=1)
        PreviewLink.objects.filter(pk=link.pk).update(ends_at=past)
    else:
        address = address.replace("/xem-truoc/", "/xem-truoc/x")
    answer = client.get(address)
    assert answer.status_code == 404
    assert "zebra" not in answer.content.decode()
    assert client.get(f"{address}anh/{photo.content_hash}/480.jpg").status_code == 404


def test_the_address_itself_is_stored_nowhere(address):
    link = PreviewLink.objects.get()
    token = address.split("/")[2]
    assert len(token) >= 43  # 256 bits
    assert token not in str(vars(link))


def test_it_makes_nothing_public(client, address, collaborator, head):
    make_published(collaborator, head, title="Đang đăng")
    client.get(address)
    for url in ("/", "/rss.xml", "/sitemap.xml", "/tim-kiem/?q=zebra", "/robots.txt"):
        body = client.get(url).content.decode()
        assert "Bản nháp zebra" not in body
        assert "xem-truoc" not in body


def manage(article):
    return f"/admin/articles/article/{article.pk}/xem-thu/duong-dan/"


def test_a_writer_makes_and_revokes_one(client, draft, collaborator):
    client.force_login(collaborator)
    html = client.post(manage(draft), {"days": "7"}).content.decode()
    assert 'data-share="http' in html
    assert "js/share" in html
    address = re.search(r'value="http://[^/]+(/xem-truoc/[\w-]+/)"', html)[1]
    client.logout()
    assert client.get(address).status_code == 200
    client.force_login(collaborator)
    listed = client.get(manage(draft)).content.decode()
    assert "mở lần cuối" in listed
    assert address not in listed
    client.post(f"{manage(draft)}{PreviewLink.objects.get().pk}/thu-lai/")
    assert client.get(address).status_code == 404


def test_the_audit_book_has_who_made_and_who_revoked_one(client, draft, collaborator, head):
    client.force_login(collaborator)
    client.post(manage(draft), {"days": "7"})
    link = PreviewLink.objects.get()
    client.force_login(head)
    for _ in range(2):  # the second press finds nothing to revoke
        client.post(f"{manage(draft)}{link.pk}/thu-lai/")
    noted = AuditEntry.objects.filter(action__contains="xem trước").order_by("pk")
    assert [(entry.action, entry.actor, entry.about, bool(entry.address)) for entry in noted] == [
        ("Tạo đường dẫn xem trước", collaborator, "Bản nháp zebra", True),
        ("Thu lại đường dẫn xem trước", head, "Bản nháp zebra", True),
    ]
    assert f"{timezone.localtime(link.ends_at):%d/%m/%Y}" in noted[0].note


@pytest.mark.parametrize("who", ["other_collaborator", "auditor", "administrator", "registrar"])
def test_others_make_and_revoke_none(client, draft, address, request, who):
    link = PreviewLink.objects.get()
    client.force_login(request.getfixturevalue(who))
    refused = 403 if who == "auditor" else 404  # an auditor may know that it is there
    assert client.get(manage(draft)).status_code == refused
    assert client.post(manage(draft), {"days": "1"}).status_code == refused
    assert client.post(f"{manage(draft)}{link.pk}/thu-lai/").status_code == refused
    assert PreviewLink.objects.get().revoked_at is None


def test_screens_of_readers_in_a_frame(client, draft, collaborator, other_collaborator):
    page = f"/admin/articles/article/{draft.pk}/xem-thu/"
    client.force_login(collaborator)
    assert f'src="{page}trang/?nen=toi"' in client.get(f"{page}man-hinh/?man=rong&nen=toi").content.decode()
    framed = client.get(f"{page}trang/?nen=toi")
    assert 'data-theme="toi"' in framed.content.decode()
    assert "Về bàn viết" not in framed.content.decode()
    assert framed.headers["X-Frame-Options"] == "SAMEORIGIN"
    client.force_login(other_collaborator)
    for part in ("man-hinh/", "trang/"):
        assert client.get(page + part).status_code == 404

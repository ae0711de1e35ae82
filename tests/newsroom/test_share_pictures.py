"""Pages other than stories are shared with a picture of their own; none is drawn of what is not public."""

import io
import re

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from approvals.enums import RecordStatus
from awards import revocation
from awards.models import Decision
from departments.models import Department
from documents.models import OfficialDocument
from events.enums import Occurrence
from events.models import Event
from media.models import Photo
from sharecards import pictures
from tests.factories.awards import make_seed_decision
from tests.factories.documents import make_document
from tests.factories.events import make_event
from tests.newsroom.public_site import build

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
HIDDEN = [status for status in RecordStatus if status != RecordStatus.PUBLIC]


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"


def picture_of(client, address):
    (said,) = re.findall(r'<meta property="og:image" content="([^"]+)"', client.get(address).text)
    return said.removeprefix(SITE)


def image_at(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    assert answer.headers["Cache-Control"] == "public, max-age=86400, s-maxage=3600"
    return Image.open(io.BytesIO(b"".join(answer.streaming_content)))


@pytest.mark.parametrize("kind", ["event", "decision", "document", "unit", "section"])
def test_each_kind_has_a_picture_drawn_once(client, kind):
    site = build()
    address = picture_of(client, site[kind])
    assert address.startswith(f"{site[kind]}chia-se-")
    assert image_at(client, address).size == (1200, 630)
    folder = f"share/{site[kind].strip('/').replace('quyet-dinh/', '')}"
    (kept,) = default_storage.listdir(folder)[1]
    before = default_storage.get_modified_time(f"{folder}/{kept}")
    image_at(client, address)
    assert default_storage.get_modified_time(f"{folder}/{kept}") == before
    old = re.sub(r"[0-9a-f]{16}\.jpg$", f"{'0' * 16}.jpg", address)
    assert client.get(old).headers["Location"] == address
    assert client.post(address).status_code == 405


def test_every_other_page_has_the_picture_of_the_site(client):
    for address in ("/", "/van-ban/", "/su-kien/", "/tim-kiem/", "/lien-he/"):
        assert image_at_static(client, picture_of(client, address)).size == (1200, 630)


def image_at_static(client, address):
    assert address.startswith("/static/img/chia-se")
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "image/jpeg"
    return Image.open(io.BytesIO(b"".join(answer.streaming_content)))


@pytest.mark.parametrize("status", HIDDEN)
def test_what_is_not_public_any_more_has_none(client, province, status):
    records = [
        (Event, make_event(host=province)),
        (OfficialDocument, make_document(issuer=province)),
        (Decision, make_seed_decision(issuer=province)),
    ]
    addresses = [picture_of(client, record.get_absolute_url()) for _model, record in records]
    for address in addresses:
        image_at(client, address)  # drawn and kept while it was public
    for model, record in records:
        model.objects.filter(pk=record.pk).update(status=status)
    assert [client.get(address).status_code for address in addresses] == [404, 404, 404]


def test_a_picture_says_what_became_of_the_thing(client, province, registrar):
    event = make_event(host=province)
    decision = make_seed_decision(issuer=province)
    document = make_document(issuer=province)
    records = (event, decision, document, province)
    before = [picture_of(client, record.get_absolute_url()) for record in records]
    Event.objects.filter(pk=event.pk).update(occurrence=Occurrence.CANCELLED)
    OfficialDocument.objects.filter(pk=document.pk).update(replaced_by=make_document(issuer=province))
    words = {"number": "88/QĐ-SGDĐT", "signed_on": decision.signed_on, "reason": "Khai sai thành tích."}
    for commendation in decision.commendations.all():
        revocation.revoke(commendation, actor=registrar, **words)
    Department.objects.filter(pk=province.pk).update(valid_until="2020-01-01")
    after = [picture_of(client, record.get_absolute_url()) for record in records]
    assert all(old != new for old, new in zip(before, after, strict=True))
    for address in after:
        image_at(client, address)


def test_a_photo_that_may_not_be_shown_is_not_drawn(client):
    site = build()
    address = picture_of(client, site["event"])
    shown = image_at(client, address).getpixel((1150, 580))
    Photo.objects.update(rights_until="2020-01-01")
    pictures.forget(f"su-kien/{site['event'].split('/')[2]}")
    hidden = image_at(client, picture_of(client, site["event"])).getpixel((1150, 580))
    assert hidden == pytest.approx((251, 248, 242), abs=4) != shown

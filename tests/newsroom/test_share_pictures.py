"""Pages other than stories are shared with a picture of their own; none is drawn of what is not public."""

import datetime
import io
import re

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone
from PIL import Image

from approvals.engine import take
from approvals.enums import RecordStatus
from awards import revocation
from awards.models import Decision
from awards.workflow import WORKFLOW
from departments.models import Department
from departments.naming import put_in_force
from documents.models import OfficialDocument
from documents.workflow import DOCUMENT
from events.enums import Occurrence
from events.exposure import show_photos
from events.models import Event
from events.workflow import EVENT
from foundation.sharecards import pictures
from foundation.sharecards.card import Card
from identity.models import SiteIdentity
from media.following import follow_changes
from media.models import Photo, Pupil
from media.presentation import public_file
from media.uploads import receive
from tests.documents import test_admin as documents
from tests.events import test_admin as events
from tests.factories.awards import make_seed_decision
from tests.factories.departments import rename
from tests.factories.documents import make_document
from tests.factories.events import make_event
from tests.factories.identity import make_identity
from tests.factories.media import make_pupil, make_upload
from tests.newsroom.public_site import build

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
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


def test_every_other_page_has_the_picture_of_the_site_drawn_from_its_words(client):
    make_identity()
    addresses = {
        picture_of(client, page) for page in ("/", "/van-ban/", "/su-kien/", "/tim-kiem/", "/lien-he/")
    }
    (address,) = addresses
    assert address.startswith("/chia-se/trang-")
    first = image_at(client, address)
    assert first.size == (1200, 630)
    (stored,) = kept("trang")
    drawn_at = default_storage.get_modified_time(stored)
    image_at(client, address)
    assert default_storage.get_modified_time(stored) == drawn_at
    for words in (
        {"name": "Tin Ven Sông"},
        {"organization": "Sở Ven Sông"},
        {"description": "Tin Ven Sông."},
    ):
        SiteIdentity.objects.all().delete()
        make_identity(**words)
        changed = picture_of(client, "/")
        assert changed not in addresses
        assert client.get(address).headers["Location"] == changed
        assert image_at(client, changed).tobytes() != first.tobytes()
        assert len(kept("trang")) == 1
        addresses.add(changed)


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
    pictures._remove(f"su-kien/{site['event'].split('/')[2]}")
    hidden = image_at(client, picture_of(client, site["event"])).getpixel((1150, 580))
    assert hidden == pytest.approx((251, 248, 242), abs=4) != shown


def kept(*places):
    """Every file of these pages that lies in the storage, and so goes into every backup."""
    return [name for place in places for name in pictures._kept(place)]


@pytest.fixture
def opening(client, province, managing_editor):
    """A public event that opens with a pupil's photo; its picture was asked for and is kept."""
    words = {"alt_text": "Em Bưởi nhận giải", "caption": "Em Bưởi", "credit": "Lan"}
    photo, _ = receive(make_upload(), department=province, uploaded_by=managing_editor, **words)
    photo.pupils.add(make_pupil(department=province))
    event = make_event(host=province, lead_photo=photo, published_at=timezone.now())
    show_photos(event)
    image_at(client, picture_of(client, event.get_absolute_url()))
    assert len(kept(place_of(event))) == 1
    return event


def place_of(event):
    return f"su-kien/{event.slug}"


def test_a_withdrawn_event_leaves_no_picture_behind(
    opening, managing_editor, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        take(EVENT, opening, "withdraw", actor=managing_editor, version=opening.version, note="Nhầm ngày")
    assert kept(place_of(opening)) == []


def end_rights(photo):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Photo.objects.filter(pk=photo.pk).update(rights_until=yesterday)


def end_consent(photo):
    photo.pupils.update(withdrawn_on=timezone.localdate(), withdrawal_note="Mẹ em gọi")


@pytest.mark.parametrize("end", [end_rights, end_consent])
@pytest.mark.parametrize("told", [follow_changes, lambda: call_command("run_worker", once=True)])
def test_where_a_photo_may_be_shown_no_more_no_picture_holds_it(
    client, opening, end, told, django_capture_on_commit_callbacks
):
    place, page = place_of(opening), opening.get_absolute_url()
    (with_face,) = kept(place)

    def follow():
        with django_capture_on_commit_callbacks(execute=True):
            told()

    end(opening.lead_photo)
    follow()
    assert kept(place) == []
    image_at(client, picture_of(client, page))
    without = kept(place)
    follow()
    assert kept(place) == without  # followed once
    Photo.objects.update(rights_until=None)
    Pupil.objects.update(withdrawn_on=None, withdrawal_note="")
    follow()
    image_at(client, picture_of(client, page))
    assert kept(place) == [with_face]
    end(opening.lead_photo)
    follow()
    assert kept(place) == []


CHANGES = [
    {"title": "Tên khác"},
    {"occurrence": Occurrence.CANCELLED, "occurrence_note": "Bão"},
    {"lead_photo": ""},
]


@pytest.mark.parametrize("change", CHANGES)
def test_an_event_that_changes_leaves_no_picture_of_before(
    client, opening, managing_editor, change, django_capture_on_commit_callbacks
):
    client.force_login(managing_editor)
    words = events.as_typed(opening, lead_photo=opening.lead_photo_id) | change
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(events.change_url(opening), words).status_code == 302
    assert kept(place_of(opening)) == []


def test_a_photo_hidden_while_the_picture_is_drawn_is_not_kept(opening):
    portrait = opening.lead_photo
    src = f"/{portrait.content_hash}/{portrait.renditions[-1][1]}.jpg"
    lies_at = public_file(src)
    assert lies_at
    answers = iter([lies_at, ""])  # it may be shown when it is opened, and no more when it is stored
    card = Card("su-kien/dang-ve", "events:event_share", "Ngày hội", photo=src)
    pictures.answer_share_picture(card, card.key, lambda address: next(answers))
    assert kept("su-kien/dang-ve") == []


def test_a_decision_taken_down_or_revoked_leaves_no_picture(
    client, province, registrar, django_capture_on_commit_callbacks
):
    down, revoked = make_seed_decision(issuer=province), make_seed_decision(issuer=province)
    places = [f"khen-thuong/{decision.slug}" for decision in (down, revoked)]
    for decision in (down, revoked):
        image_at(client, picture_of(client, decision.get_absolute_url()))
    assert len(kept(*places)) == 2
    words = {"number": "88/QĐ-SGDĐT", "signed_on": revoked.signed_on, "reason": "Khai sai thành tích."}
    with django_capture_on_commit_callbacks(execute=True):
        take(WORKFLOW, down, "withdraw", actor=registrar, version=down.version, note="Sai tên")
        revocation.revoke_all(revoked, actor=registrar, **words)
    assert kept(*places) == []


def test_a_document_taken_down_changed_or_replaced_leaves_no_picture(
    client, province, registrar, django_capture_on_commit_callbacks
):
    down, changed = make_document(issuer=province), make_document(issuer=province)
    replaced = make_document(issuer=province, replaced_by=down)
    places = [f"van-ban/{document.slug}" for document in (down, changed, replaced)]
    for document in (down, changed, replaced):
        image_at(client, picture_of(client, document.get_absolute_url()))
    assert len(kept(*places)) == 3
    client.force_login(registrar)
    words = {"number": changed.number, "kind": changed.kind, "slug": changed.slug}
    words |= {"issued_on": f"{changed.issued_on:%d/%m/%Y}", "seen_version": changed.version}
    with django_capture_on_commit_callbacks(execute=True):
        take(DOCUMENT, down, "withdraw", actor=registrar, version=down.version, note="Đăng nhầm")
        typed = documents.typed(province, summary="Trích yếu khác", gist="Nội dung.", **words)
        assert client.post(documents.change_url(changed), typed).status_code == 302
    assert kept(*places) == []


def test_a_unit_with_another_name_or_closed_leaves_no_picture(
    client, school, other_school, django_capture_on_commit_callbacks
):
    units = (school, other_school)
    for unit in units:
        put_in_force(unit)
        image_at(client, picture_of(client, unit.get_absolute_url()))
    places = [f"don-vi/{unit.slug}" for unit in units]
    assert len(kept(*places)) == 2
    with django_capture_on_commit_callbacks(execute=True):
        rename(school, "Trường THPT Võ Nguyên Giáp", timezone.localdate())
        other_school.valid_until = timezone.localdate()
        other_school.save()
        put_in_force(other_school)
    assert school.slug not in places[0]
    assert kept(*places) == []

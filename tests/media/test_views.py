"""Who is answered at the address of a photo's file, and with which headers."""

import datetime
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from departments.models import Position
from media.exposure import expose, hide, share
from media.models import Photo
from media.presentation import photo_for
from media.storage import stored_name
from media.uploads import receive
from tests.factories.departments import make_user
from tests.factories.media import make_photo, make_upload


@pytest.fixture
def photo(school, collaborator):
    return receive(make_upload(), department=school, uploaded_by=collaborator)[0]


@pytest.fixture
def public_photo(photo):
    expose("article:12", [photo.pk])
    return photo


def address(photo, width=640, extension="avif"):
    return reverse("media:photo_file", args=(photo.content_hash, width, extension))


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def body(response):
    return b"".join(response.streaming_content)


@pytest.mark.parametrize(("extension", "kind"), [("avif", "image/avif"), ("jpg", "image/jpeg")])
def test_a_public_photo_is_everybody_s(client, public_photo, extension, kind):
    response = client.get(address(public_photo, 480, extension))
    assert response.status_code == 200
    assert response.headers["Content-Type"] == kind
    assert Image.open(BytesIO(body(response))).size == (480, 360)
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_the_answer_may_be_kept_but_not_for_ever(client, public_photo):
    headers = client.get(address(public_photo)).headers
    assert headers["Cache-Control"] == "public, max-age=86400, s-maxage=3600"
    assert "immutable" not in headers["Cache-Control"]
    sizes = {(kind, width): size for kind, width, _, size in public_photo.renditions}
    assert int(headers["Content-Length"]) == sizes["avif", 640]


def test_the_public_answer_is_the_same_for_everybody(public_photo, collaborator):
    packed = {"Accept-Encoding": "gzip, br"}
    stranger = Client().get(address(public_photo), headers=packed)
    member = signed_in(collaborator).get(address(public_photo), headers=packed)
    for response in (stranger, member):
        assert not response.cookies
        assert "Content-Encoding" not in response.headers
    assert "Cookie" not in stranger.headers.get("Vary", "")
    assert stranger.headers["Cache-Control"].startswith("public")
    assert "private" in member.headers["Cache-Control"]  # no shared cache keeps what a session got
    assert body(stranger) == body(member)


def test_a_public_photo_costs_one_query_with_and_without_a_session(
    public_photo, collaborator, django_assert_num_queries
):
    for client in (Client(), signed_in(collaborator)):
        with django_assert_num_queries(1):
            assert client.get(address(public_photo)).status_code == 200


def test_a_reader_who_has_it_is_not_sent_it_again(client, public_photo):
    first = client.get(address(public_photo))
    etag, day = first.headers["ETag"], first.headers["Last-Modified"]
    for headers in ({"If-None-Match": etag}, {"If-Modified-Since": day}):
        again = client.get(address(public_photo), headers=headers)
        assert again.status_code == 304
        assert again.headers["ETag"] == etag
        assert again.headers["Cache-Control"].startswith("public")
    assert client.get(address(public_photo), headers={"If-None-Match": '"another"'}).status_code == 200
    assert etag != client.get(address(public_photo, 480)).headers["ETag"]


def test_head_is_answered_and_nothing_can_be_sent(client, public_photo):
    assert client.head(address(public_photo)).status_code == 200
    assert client.post(address(public_photo)).status_code == 405


def test_an_unpublished_photo_is_nowhere_for_strangers(client, photo):
    answer = client.get(address(photo))
    never = client.get(address(photo).replace(photo.content_hash, "0" * 64))
    assert (answer.status_code, never.status_code) == (404, 404)
    assert answer.text.replace(photo.content_hash, "0" * 64) == never.text


def test_an_unpublished_photo_is_seen_by_its_unit_and_kept_by_nobody(
    photo, collaborator, head, desk_editor, auditor
):
    for user in (collaborator, head, desk_editor, auditor):
        response = signed_in(user).get(address(photo))
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "private, no-store"


def test_an_unpublished_photo_is_not_seen_by_other_units_or_former_members(
    photo, other_collaborator, other_head, collaborator
):
    left = make_user()
    assert signed_in(collaborator).get(address(photo)).status_code == 200
    Position.objects.filter(person=collaborator.person).update(valid_until="2020-01-01")
    for user in (other_collaborator, other_head, collaborator, left):
        assert signed_in(user).get(address(photo)).status_code == 404


def test_no_condition_tells_a_stranger_that_the_photo_exists(client, photo, collaborator):
    etag = signed_in(collaborator).get(address(photo)).headers["ETag"]
    assert client.get(address(photo), headers={"If-None-Match": etag}).status_code == 404


def test_a_photo_shared_with_a_unit_is_served_to_it(photo, other_school, other_collaborator):
    share(other_school.pk, [photo.pk])
    response = signed_in(other_collaborator).get(address(photo))
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"


def test_a_withdrawn_photo_is_gone(client, public_photo):
    assert client.get(address(public_photo)).status_code == 200
    hide("article:12")
    assert client.get(address(public_photo)).status_code == 404


def test_rights_that_ended_close_the_file_to_readers_the_day_after(
    client, public_photo, collaborator, other_collaborator
):
    today = timezone.localdate()
    for until, status in ((today, 200), (today - datetime.timedelta(days=1), 404)):
        Photo.objects.filter(pk=public_photo.pk).update(rights_until=until)
        assert client.get(address(public_photo)).status_code == status
        assert signed_in(other_collaborator).get(address(public_photo)).status_code == status
    # Its own unit still sees what it has to mend, and nothing on the way keeps a copy.
    answer = signed_in(collaborator).get(address(public_photo))
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("file", ["481.avif", "640.png", "master.jpg", "640.jpg.exe", "0640.avif", "640"])
def test_only_sizes_that_were_made_have_an_address(client, public_photo, file):
    base = address(public_photo).rsplit("/", 1)[0]
    assert client.get(f"{base}/{file}").status_code == 404


def test_the_place_of_a_file_is_no_address(public_photo, client, collaborator):
    place = stored_name(public_photo.content_hash, "640.avif")
    assert default_storage.exists(place)
    for way in (f"/uploads/{place}", f"/{place}", f"/media/{place}", f"/uploads/anh/../{place}"):
        assert client.get(way).status_code == 404
        assert signed_in(collaborator).get(way).status_code == 404


def test_every_address_a_page_names_is_answered(client, public_photo):
    shown = photo_for(public_photo)
    named = f"{shown['src']}, {shown['srcset_avif']}, {shown['srcset_jpeg']}"
    addresses = {part.split()[0] for part in named.split(", ")}
    assert len(addresses) == 4
    for way in addresses:
        assert client.get(way).status_code == 200


@pytest.mark.django_db
def test_a_lost_file_is_not_found_and_operators_are_told(client, caplog):
    photo = make_photo()
    expose("article:1", [photo.pk])
    answer = client.get(reverse("media:photo_file", args=[photo.content_hash, 480, "jpg"]))
    assert answer.status_code == 404
    assert "A photo's file is missing" in caplog.text

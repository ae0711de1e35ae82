"""Uploads in a bucket: kept whole, read through the application alone, refused to strangers.

The bucket is a real server on this machine that speaks S3 (moto), asked over HTTP.
"""

import json
import urllib.error
import urllib.request

import boto3
import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from moto.server import ThreadedMotoServer

from articles.models import PublishedArticle
from articles.public.share_card import card_of
from media.models import Photo
from media.storage import stored_name
from media.storage_url import storage_of
from media.uploads import UploadRefused, receive
from tests.factories.articles import BODY, approve, figure_of, make_draft, submit, withdraw
from tests.factories.documents import make_document, make_upload
from tests.factories.media import image_bytes
from tests.factories.media import make_upload as make_photo_upload

pytestmark = pytest.mark.django_db
KEYS = {"aws_access_key_id": "khoa", "aws_secret_access_key": "bi/mat+="}


@pytest.fixture(scope="module")
def server():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(server):
    urllib.request.urlopen(urllib.request.Request(f"{server}/moto-api/reset", method="POST")).close()  # noqa: S310
    client = boto3.client("s3", endpoint_url=server, region_name="us-east-1", **KEYS)
    client.create_bucket(Bucket="toa-soan")
    yield client
    client.close()


@pytest.fixture(autouse=True)
def _uploads_lie_in_it(settings, server, bucket):
    url = f"s3://khoa:bi%2Fmat%2B%3D@toa-soan/tai-len?endpoint={server}&region=us-east-1"
    settings.STORAGES = settings.STORAGES | {"default": storage_of(url)}


def by_stranger(server, name):
    """Status of the file's own address in the bucket, asked without any key."""
    try:
        with urllib.request.urlopen(f"{server}/toa-soan/tai-len/{name}") as answer:  # noqa: S310
            return answer.status
    except urllib.error.HTTPError as refusal:
        refusal.close()
        return refusal.code


def names(bucket):
    return sorted(entry["Key"] for entry in bucket.list_objects_v2(Bucket="toa-soan").get("Contents", ()))


@pytest.fixture
def photo(school, collaborator):
    upload = make_photo_upload(image_bytes())
    return receive(upload, department=school, uploaded_by=collaborator, alt_text="Bốn ô màu")[0]


def address(photo):
    _kind, width, _height, _bytes = next(r for r in photo.renditions if r[0] == "jpg")
    return reverse("media:photo_file", args=(photo.content_hash, width, "jpg"))


def test_a_photo_and_its_sizes_lie_in_the_bucket(bucket, photo):
    kept = names(bucket)
    assert f"tai-len/{stored_name(photo.content_hash, 'master.jpg')}" in kept
    assert len(kept) == 1 + len(photo.renditions)


def test_the_same_photo_sent_again_is_kept_once(bucket, photo, school, collaborator):
    before = names(bucket)
    content = default_storage.open(stored_name(photo.content_hash, "master.jpg")).read()
    first, _ = receive(make_photo_upload(content), department=school, uploaded_by=collaborator)
    again, created = receive(make_photo_upload(content), department=school, uploaded_by=collaborator)
    assert (again, created) == (first, False)
    assert len(names(bucket)) == 2 * len(before)


def test_an_unpublished_photo_is_read_by_its_unit_alone(
    client, server, photo, collaborator, other_collaborator
):
    assert client.get(address(photo)).status_code == 404
    client.force_login(other_collaborator)
    assert client.get(address(photo)).status_code == 404
    client.force_login(collaborator)
    response = client.get(address(photo))
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert b"".join(response.streaming_content).startswith(b"\xff\xd8\xff")
    for rendition in ("master.jpg", f"{photo.renditions[0][1]}.jpg"):
        assert by_stranger(server, stored_name(photo.content_hash, rendition)) == 403


def test_a_photo_is_public_as_long_as_its_story(client, server, photo, collaborator, head):
    draft = make_draft(collaborator, body=figure_of(photo) + BODY)
    approve(submit(draft, collaborator), head)
    page = PublishedArticle.objects.get()
    response = client.get(address(photo))
    assert (response.status_code, int(response["Content-Length"])) == (200, len(response.getvalue()))
    assert "public" in response["Cache-Control"]
    assert by_stranger(server, stored_name(photo.content_hash, "master.jpg")) == 403
    shared = client.get(card_of(page).image["url"].removeprefix("http://127.0.0.1:8000"))
    assert shared.status_code == 200
    withdraw(page, head)
    assert client.get(address(photo)).status_code == 404


def test_no_page_names_the_bucket_or_a_signature(client, server, photo, collaborator):
    client.force_login(collaborator)
    for url in (f"/admin/media/photo/{photo.pk}/change/", "/admin/media/photo/"):
        shown = client.get(url).content.decode()
        assert photo.content_hash in shown
        assert server not in shown
        assert "X-Amz" not in shown
        assert "Signature" not in shown
    assert default_storage.url("documents/a.pdf") == "/uploads/documents/a.pdf"


def test_a_document_is_sent_by_the_application(client, server, bucket, school):
    document = make_document(issuer=school, upload=make_upload())
    response = client.get(reverse("documents:document_file", args=[document.slug]))
    assert response.status_code == 200
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    assert by_stranger(server, document.file.name) == 403


def test_a_document_that_is_not_public_is_not_sent(client, school):
    document = make_document(issuer=school, upload=make_upload(), status="drafting")
    assert client.get(reverse("documents:document_file", args=[document.slug])).status_code == 404


def test_a_file_never_takes_the_place_of_another(bucket):
    first = default_storage.save("a.txt", ContentFile(b"first"))
    second = default_storage.save("a.txt", ContentFile(b"second"))
    assert first != second
    assert default_storage.open(first).read() == b"first"
    with pytest.raises(FileNotFoundError):
        default_storage.open("khong-co.txt")


def test_readiness_asks_the_bucket(client, bucket):
    def storage():
        return json.loads(client.get("/readyz").content)["checks"]["storage"]

    assert storage() is True
    bucket.delete_bucket(Bucket="toa-soan")
    assert storage() is False


def test_a_private_bucket_passes_the_check_and_leaves_no_probe(bucket):
    assert [e for e in run_checks(include_deployment_checks=True) if e.id.startswith("media.")] == []
    assert names(bucket) == []


def test_a_bucket_open_to_the_world_is_an_error(bucket):
    everybody = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::toa-soan/*",
    }
    bucket.put_bucket_policy(
        Bucket="toa-soan", Policy=json.dumps({"Version": "2012-10-17", "Statement": [everybody]})
    )
    found = [e.id for e in run_checks(include_deployment_checks=True) if e.id.startswith("media.")]
    assert found == ["media.E002"]
    assert names(bucket) == []


@pytest.mark.parametrize(
    "url",
    ["http://x/y", "s3://", "s3:///folder", "s3://b?endpiont=http://x", "s3://b?x", "bucket", "s3://[b"],
)
def test_an_address_that_is_not_understood_is_refused_with_an_example(url):
    with pytest.raises(ImproperlyConfigured, match="s3://KEY:SECRET@bucket"):
        storage_of(url)


def test_key_and_secret_may_come_from_elsewhere():
    assert storage_of("s3://kho") == {
        "BACKEND": "media.object_storage.PrivateBucket",
        "OPTIONS": {"bucket_name": "kho", "addressing_style": "auto"},
    }


def test_a_bucket_that_is_gone_refuses_a_photo_in_words(bucket, school, collaborator):
    bucket.delete_bucket(Bucket="toa-soan")
    with pytest.raises(UploadRefused, match="đang đầy hoặc không trả lời"):
        receive(make_photo_upload(image_bytes()), department=school, uploaded_by=collaborator)
    assert not Photo.objects.exists()

"""Copies of backups in a bucket: a real server on this machine that speaks S3 (moto), asked over HTTP."""

import datetime
import urllib.request

import boto3
import pytest
from moto.server import ThreadedMotoServer

from newsroom.backups import away
from newsroom.backups.refusal import BackupRefused
from newsroom.settings import storage_of

KEYS = {"aws_access_key_id": "khoa", "aws_secret_access_key": "mat"}


@pytest.fixture
def bucket(settings):
    server = ThreadedMotoServer(port=0)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    urllib.request.urlopen(urllib.request.Request(f"{address}/moto-api/reset", method="POST")).close()  # noqa: S310
    client = boto3.client("s3", endpoint_url=address, region_name="us-east-1", **KEYS)
    client.create_bucket(Bucket="kho-xa")
    settings.BACKUP_STORAGE = storage_of(f"s3://khoa:mat@kho-xa/toa-soan?endpoint={address}&region=us-east-1")
    yield client
    client.close()
    server.stop()


def names(bucket):
    found = bucket.list_objects_v2(Bucket="kho-xa").get("Contents", ())
    return sorted(entry["Key"].removeprefix("toa-soan/") for entry in found)


def made(tmp_path, age):
    moment = datetime.datetime.now(tz=datetime.UTC) - datetime.timedelta(days=age)
    file = tmp_path / f"toasoan-{moment:%Y%m%d-%H%M%S}.tar"
    file.write_bytes(b"backup" * 1000)
    return file


def test_a_copy_is_read_back_and_old_ones_go_but_never_the_newest(bucket, tmp_path):
    older, old = made(tmp_path, 50), made(tmp_path, 40)
    for file in (older, old):
        away.copy_away(file)
    bucket.put_object(Bucket="kho-xa", Key="toa-soan/cua-nguoi-khac.tar", Body=b"x")
    assert away.forget_old_away(30) == 1
    assert names(bucket) == ["cua-nguoi-khac.tar", old.name]
    new = made(tmp_path, 0)
    away.copy_away(new)
    assert away.forget_old_away(30) == 1
    assert names(bucket) == ["cua-nguoi-khac.tar", new.name]
    kept = bucket.get_object(Bucket="kho-xa", Key=f"toa-soan/{new.name}")["Body"].read()
    assert kept == new.read_bytes()


def test_a_bucket_that_is_away_is_said_in_words(bucket, tmp_path):
    bucket.delete_bucket(Bucket="kho-xa")
    with pytest.raises(BackupRefused, match="không chép được sang kho xa"):
        away.copy_away(made(tmp_path, 0))

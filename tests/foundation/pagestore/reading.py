"""What a reader is given, and what it cost the database."""

import gzip

from django.db import connection
from django.test.utils import CaptureQueriesContext


def words(response):
    content = response.content
    return (gzip.decompress(content) if response.headers.get("Content-Encoding") else content).decode()


def queries(reader, url):
    with CaptureQueriesContext(connection) as asked:
        response = reader.get(url)
    return response, len(asked)


# Ways to write the cookie of text size and colours; browsers send the first, anybody the others.
SPELLINGS = [
    "hien-thi=rat-lon.toi",
    'hien-thi="rat-lon.toi"',
    "hien-thi =rat-lon.toi",
    "hien-thi= rat-lon.toi",
    " hien-thi=rat-lon.toi ",
    "hien-thi=lon.toi; hien-thi=rat-lon.sang",
    "hien-thi=vua.may; hien-thi=rat-lon.toi",
    "hien-thi=khong.co; hien-thi=rat-lon.toi",
    "hien-thi=rat-lon.toi.toi",
    "hien-thi=rat-lon",
    "hien-thi=RAT-LON.toi",
    "Hien-Thi=rat-lon.toi",
    "hien-thi=rat-lon%2Etoi",
    "a=1,hien-thi=rat-lon.toi",
    "a=1;hien-thi=rat-lon.toi;b=2",
    "hien-thi=\\162at-lon.toi",
    "x; hien-thi=rat-lon.toi",
    "hien-thi=rat-lon.toi\t; a=1",
]

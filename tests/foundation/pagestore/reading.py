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

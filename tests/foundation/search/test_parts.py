"""Names and titles are found by parts of words without reading every row, where the database can."""

import pytest
from django.db import connection

from articles.models import Article
from awards.models import Commendation
from media.models import Photo

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.mark.parametrize(
    "rows",
    [
        lambda: Article.objects.search("tập huấn"),
        lambda: Commendation.objects.named("nguyễn văn"),
        lambda: Photo.objects.filter(search_key__contains=" hội"),
    ],
    ids=["titles", "names", "photos"],
)
def test_the_index_of_parts_is_asked(rows):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no such index")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # so few rows are read quicker without any
        cursor.execute("SET LOCAL enable_indexscan = off")
    assert "_parts" in rows().order_by().explain()

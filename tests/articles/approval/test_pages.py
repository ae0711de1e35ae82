"""A public page and its related rows are equal, whether written one by one or in bulk."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from articles.approval.freezing import content_of
from articles.approval.releasing import redraw_outdated
from articles.bulk.old_site.doors import DOOR
from articles.bulk.second_core import SecondCore
from articles.bulk.wholesale import Ready, begin_drawing, make_public
from articles.models import PublishedArticle, PublishedTag
from foundation.search.models import Entry
from media.models import Photo, PhotoExposure
from tests.factories.articles import BODY, approve, figure_of, make_draft, make_section, submit
from tests.factories.media import make_photo, make_pupil

pytestmark = pytest.mark.django_db

# What tells one page from another, and nothing of its words.
OWN = {"id", "published_at", "updated_at", "withdrawn_at"}


def test_a_story_released_alone_and_one_written_among_many_are_equal_rows(
    collaborator, head, managing_editor, school
):
    shown, ended = (make_photo(name, department=school) for name in ("Sân", "Cổng"))
    make_pupil("Nguyễn Thị Hoa Mai", department=school)
    draft = make_draft(
        collaborator,
        title="Lễ chào cờ đầu tuần",
        body=BODY + figure_of(shown) + "<p>Em Nguyễn Thị Hoa Mai kể chuyện.</p>" + figure_of(ended, "Cổng"),
        section=make_section(),
        tags=["Đắk Lắk", "chuyển đổi số"],
    )
    sent = submit(draft, collaborator)
    content = content_of(draft)
    alone = approve(sent, head)
    Photo.objects.filter(pk=ended.pk).update(rights_until=yesterday())
    redraw_outdated()
    now = timezone.now()
    drawing = begin_drawing([Ready(content, now, now)], SecondCore(0))
    (among_many,) = make_public(drawing, by=managing_editor, door=DOOR)
    row = everything_of(alone.pk)
    assert row == everything_of(among_many.pk)
    assert row["page"]["tag_names"] == [["chuyển đổi số", "chuyen-doi-so"], ["Đắk Lắk", "dak-lak"]]
    assert row["photos"] == {shown.pk: True, ended.pk: False}
    assert len(row["pupils"]) == 1


def yesterday() -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=1)


def everything_of(pk: int) -> dict[str, Any]:
    """The row of a page and every row that follows from it."""
    page = PublishedArticle.objects.get(pk=pk)
    columns = {field.name: getattr(page, field.attname) for field in page._meta.concrete_fields}
    entry = Entry.objects.get(kind="story", source_id=pk)
    tags = PublishedTag.objects.filter(content_object=pk).order_by("tag")
    photos = PhotoExposure.objects.filter(subject=f"article:{pk}")
    return {
        "page": {name: value for name, value in columns.items() if name not in OWN},
        "tags": list(tags.values_list("tag", flat=True)),
        "pupils": list(page.pupils.values_list("name", flat=True)),
        "photos": dict(photos.values_list("photo", "is_drawn")),
        "found": (entry.title, entry.text, entry.captions),
    }

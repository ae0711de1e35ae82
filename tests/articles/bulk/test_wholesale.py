"""Stories written table by table, while others are being drawn, have the given content."""

import datetime

import pytest
from django.utils import timezone

from articles.approval.freezing import content_of
from articles.bulk.old_site.doors import DOOR
from articles.bulk.second_core import SecondCore
from articles.bulk.wholesale import Ready, begin_drawing, make_public
from articles.models import PublishedArticle
from media.models import Photo, PhotoExposure
from tests.factories.articles import figure_of, make_draft
from tests.factories.media import make_photo

pytestmark = pytest.mark.django_db


def test_a_photo_whose_right_ends_while_the_page_is_drawn_is_not_on_it(collaborator, managing_editor, school):
    photo, other = (make_photo(name, department=school) for name in ("Ảnh một", "Ảnh hai"))
    draft = make_draft(collaborator, body=figure_of(photo, "Sân") + "<p>Chữ.</p>" + figure_of(other, "Cờ"))
    now = timezone.now()
    drawing = begin_drawing([Ready(content_of(draft), now, now)], SecondCore(0))
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Photo.objects.filter(pk=photo.pk).update(rights_until=yesterday)
    (article,) = make_public(drawing, by=managing_editor, door=DOOR)
    page = PublishedArticle.objects.get(pk=article.pk)
    assert other.content_hash in page.body_html
    assert photo.content_hash not in page.body_html
    exposed = PhotoExposure.objects.filter(subject=f"article:{page.pk}")
    assert dict(exposed.values_list("photo", "is_drawn")) == {photo.pk: False, other.pk: True}

"""A question written once answers as the queryset does, for whatever numbers it is asked."""

import pytest

from articles.models import PublishedArticle, Section
from foundation.paging.prepared import ask
from tests.factories.articles import make_published, make_section


def of_sections(pks, but):
    live = PublishedArticle.objects.live().filter(section__in=pks).exclude(pk__in=but)
    return live.newest().values("pk", "title", "published_at", "card_photo", "section__name")


def asked(*groups):
    return [dict(row) for row in ask(of_sections, *groups)]


def before(moments):
    return PublishedArticle.objects.filter(published_at__lt=moments[0]).newest().values("pk", "published_at")


def forgetful(pks):
    return Section.objects.values("pk")


@pytest.fixture
def sections(collaborator, head):
    made = [make_section(f"Mục {n}") for n in range(3)]
    for section in made:
        for n in range(2):
            make_published(collaborator, head, title=f"{section.name}, bài {n}", section=section)
    return made


def test_the_same_rows_as_the_queryset_for_any_numbers(sections):
    pages = list(PublishedArticle.objects.order_by("pk"))
    for pks in ([sections[0].pk, sections[1].pk], [sections[2].pk, sections[0].pk], [sections[1].pk]):
        for but in ([pages[0].pk], [pages[3].pk]):
            assert asked(pks, but) == list(of_sections(pks, but))
    assert asked([sections[0].pk], []) == list(of_sections([sections[0].pk], []))


def test_the_same_rows_as_the_queryset_for_any_moment(sections):
    for page in PublishedArticle.objects.all():
        moment = page.published_at
        assert [dict(row) for row in ask(before, [moment])] == list(before([moment]))


def test_nothing_found_is_an_empty_list(db):
    assert ask(of_sections, [1], [2]) == []


def test_a_question_that_loses_a_number_is_refused(db):
    with pytest.raises(ValueError, match="forgetful"):
        ask(forgetful, [1])

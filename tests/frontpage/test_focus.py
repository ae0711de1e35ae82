"""“Tất cả Tin tiêu điểm” leads to what the desk chose for it, and to nothing else."""

import datetime

import pytest
from django.utils import timezone

from articles.models import PublishedArticle
from foundation.pagestore.announcing import announce
from frontpage.enums import Slot
from frontpage.models import Placement
from tests.factories.articles import make_published, withdraw

NOW = timezone.now()


@pytest.fixture
def chosen(collaborator, head):
    """Stories now in the slot, formerly in it, withdrawn, to be in it, in another slot, in none."""
    pages = {}
    for name in ("now", "formerly", "withdrawn", "ahead", "elsewhere", "nowhere"):
        pages[name] = make_published(collaborator, head, title=f"Bài {name}")
    ago, later = NOW - datetime.timedelta(days=30), NOW + datetime.timedelta(days=1)
    for name, slot, starts_at, ends_at in (
        ("now", Slot.FOCUS, ago, None),
        ("now", Slot.FOCUS, ago - datetime.timedelta(days=9), ago),
        ("formerly", Slot.FOCUS, ago, NOW - datetime.timedelta(days=2)),
        ("withdrawn", Slot.FOCUS, ago, None),
        ("ahead", Slot.FOCUS, later, None),
        ("elsewhere", Slot.DONT_MISS, ago, None),
    ):
        Placement.objects.create(article=pages[name], slot=slot, starts_at=starts_at, ends_at=ends_at)
    withdraw(pages["withdrawn"], head)
    return pages


def test_the_list_has_each_chosen_story_once_and_is_read_page_by_page(client, chosen, monkeypatch):
    def titles(more=""):
        answer = client.get(f"/tin-tieu-diem/{more}")
        return [story.title for story in answer.context["stories"]], answer.context["page"].older_url

    assert titles()[0] == ["Bài formerly", "Bài now"]
    monkeypatch.setattr("frontpage.focus.SIZE", 1)
    first, older = titles()
    assert (first, titles(older)[0]) == (["Bài formerly"], ["Bài now"])


def test_home_and_stories_lead_to_it(client, chosen):
    for address in ("/", chosen["nowhere"].get_absolute_url()):
        link = '<a class="more" href="/tin-tieu-diem/">Tất cả<span class="vh"> Tin tiêu điểm'
        assert link in client.get(address).text, address


@pytest.mark.django_db(transaction=True)
def test_a_kept_list_follows_what_is_chosen(client, kept_site, chosen):
    assert "Bài nowhere" not in client.get("/tin-tieu-diem/").text
    page = PublishedArticle.objects.get(pk=chosen["nowhere"].pk)
    announce(Placement.objects.create(article=page, slot=Slot.FOCUS, starts_at=NOW))
    assert "Bài nowhere" in client.get("/tin-tieu-diem/").text


@pytest.mark.django_db
def test_nothing_chosen_yet_says_so(client):
    assert "Mục này chưa có bài" in client.get("/tin-tieu-diem/").text

"""Words and photos that are not public yet, looked for behind every address a stranger can open."""

import datetime
import logging

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article, PublishedArticle
from articles.writing import drafting
from tests.access.addresses import all_addresses, fill
from tests.access.world import build
from tests.factories.articles import approve, figure_of, make_draft, make_published, send_back, submit
from tests.factories.media import make_photo

pytestmark = pytest.mark.django_db
SECRET, KNOWN = "xyzzy", "plugh"
# Where a public story must be found, so that looking for a secret one proves something.
SHOWN_AT_LEAST = 12
PARTS = ("tiêu đề", "lời dẫn", "thân bài", "chú thích")


@pytest.fixture
def world(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    yield build()
    logging.getLogger("django.request").setLevel(logging.NOTSET)


def words_of(world, word, photo):
    """A story that says the word in every field, tied to everything a page can be tied to."""
    return {
        "title": f"{word} {PARTS[0]}",
        "lead": f"{word} {PARTS[1]}",
        "body": f"<h2>{word}</h2><p>{word} {PARTS[2]}</p>" + figure_of(photo, f"{word} {PARTS[3]}"),
        "section": world.records["articles_section"],
        "event": world.records["events_event"],
        "commendation_decision": world.records["awards_decision"],
        "tags": [word, "Chào cờ"],
        "source_mark": word,
    }


def hide(world, state):
    """A story of the school in one of the states readers must not notice; its photo."""
    writer, head = world.users["ctv"], world.users["truong"]
    photo = make_photo(department=world.words["school"])
    words = words_of(world, SECRET, photo)
    if state == "edited after publishing":
        story = Article.objects.get(pk=make_published(writer, head, title="Bài đang đăng").pk)
        tags = words.pop("tags")
        for name, value in words.items():
            setattr(story, name, value)
        drafting.save(story, by=writer, draft_number=story.draft_number, tags=tags)
        return story, photo
    story = make_draft(writer, **words)
    if state == "embargoed":
        Article.objects.filter(pk=story.pk).update(embargo_until=timezone.now() + datetime.timedelta(hours=2))
    if state != "drafting":
        story = submit(Article.objects.get(pk=story.pk), writer)
    if state == "returned":
        send_back(story, head)
    if state in ("approved for later", "embargoed"):
        approve(story, head, due_at=timezone.now() + datetime.timedelta(hours=3))
    return story, photo


def answers(world, pk):
    """What a stranger gets at every public address, each as it stands and asked about this story."""
    client = Client(raise_request_exception=True)
    shown = world.records["articles_publishedarticle"].pk
    for address in all_addresses():
        if address.pattern.startswith("admin/"):
            continue
        path = fill(address, world, "nhap")
        paths = {
            path,
            path.replace(f"-{shown}/", f"-{pk}/").replace(f"/{world.stories['dang'].pk}/", f"/{pk}/"),
        }
        queries = ({}, {"q": SECRET}, {"q": KNOWN}, {"url": f"http://testserver/bai-viet/tin-{pk}/"})
        for one in paths:
            for asked in queries:
                answer = client.get(one, asked)
                yield one, asked, answer, read(answer)


def read(answer):
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode("utf-8", "replace") + str(answer.headers)


def says(text, asked, word):
    """Whether the page says the word; what the reader typed comes back to the reader alone."""
    if asked.get("q") == word:
        return any(f"{word} {part}" in text for part in PARTS)
    return word in text


@pytest.mark.parametrize(
    "state",
    ["drafting", "in review", "returned", "approved for later", "embargoed", "edited after publishing"],
)
def test_no_address_lets_out_what_is_not_public(world, state):
    known = make_photo(department=world.words["school"])
    writer, head = world.users["ctv"], world.users["truong"]
    make_published(writer, head, **words_of(world, KNOWN, known))
    story, photo = hide(world, state)
    shown = set()
    for path, asked, answer, text in answers(world, story.pk):
        assert not says(text, asked, SECRET), f"{path} {asked} {answer.status_code}"
        assert photo.content_hash not in text.replace(path, ""), path
        if says(text, asked, KNOWN):
            shown.add(path)
    assert len(shown) >= SHOWN_AT_LEAST, sorted(shown)
    assert PublishedArticle.objects.live().filter(title__startswith=KNOWN).count() == 1

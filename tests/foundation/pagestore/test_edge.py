"""A cache in front is told by tag, after the commit, until it has heard; publishing never waits for it."""

import datetime
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.test import Client
from django.utils import timezone

from foundation.pagestore import edge, purging
from foundation.pagestore.edge_targets import Target, targets_of
from foundation.pagestore.models import Purge
from tests.factories.articles import make_published, withdraw

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("kept_site")]


class Cache(BaseHTTPRequestHandler):
    """Writes down what it is told; answers what the test wants."""

    def told(self):
        length = int(self.headers.get("Content-Length", 0))
        body = json.loads(self.rfile.read(length)) if length else None
        token = self.headers.get("Authorization", "")
        self.server.heard.append((self.command, self.headers.get("Cache-Tag", ""), body, token))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_PURGE = do_POST = told

    def log_message(self, *args):
        pass


@pytest.fixture
def front(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Cache)
    server.heard, server.status = [], 200
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    server.url = f"http://127.0.0.1:{server.server_port}/"
    settings.PURGE_TARGETS, settings.PURGE_TOKEN = targets_of([server.url]), "bi-mat"
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def later(monkeypatch, seconds):
    at = timezone.now() + datetime.timedelta(seconds=seconds)
    monkeypatch.setattr(timezone, "now", lambda: at)


def tags(server):
    return [set(line.split(",")) for _, line, _, _ in server.heard]


def test_a_publication_is_told_after_its_commit_and_twice_more(front, monkeypatch, collaborator, head):
    page = make_published(collaborator, head)
    assert front.heard == []  # nobody waited for it
    assert edge.send_due() > 0
    assert {f"article:{page.pk}", "stories"} <= tags(front)[0]
    assert {(method, token) for method, _, _, token in front.heard} == {("PURGE", "Bearer bi-mat")}
    assert edge.send_due() == 0
    later(monkeypatch, 1.1)
    assert edge.send_due() > 0
    later(monkeypatch, 4.1)
    assert edge.send_due() > 0
    later(monkeypatch, 60)
    assert edge.send_due() == 0
    assert tags(front) == [tags(front)[0]] * 3


def test_changes_told_together_are_each_told_three_times(front, monkeypatch):
    start = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: start)
    purging.purge("article:1")
    edge.send_due()
    for seconds in (1.1, 2.2, 5.2, 6.3, 7.4, 60):
        monkeypatch.setattr(timezone, "now", lambda at=seconds: start + datetime.timedelta(seconds=at))
        if seconds == 1.1:
            purging.purge("article:2")
        edge.send_due()
    for tag in ("article:1", "article:2"):
        assert sum(tag in told for told in tags(front)) == 3, tag


def test_what_was_rolled_back_is_not_told(front, collaborator, head):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        purging.purge("article:1")
        raise ZeroDivisionError
    assert edge.send_due() == 0


def test_withdrawn_stories_are_told_first(front, monkeypatch, collaborator, head):
    page = make_published(collaborator, head)
    monkeypatch.setattr(edge, "AT_ONCE", 1)
    withdraw(page, head)
    edge.send_due()
    assert Purge.objects.get(edge_told=1).is_urgent
    assert f"article:{page.pk}" in tags(front)[0]


def test_a_cache_that_refuses_or_is_away_hears_later(front, monkeypatch, collaborator, head):
    front.status = 503
    make_published(collaborator, head)
    with pytest.raises(OSError, match="503"):
        edge.send_due()
    assert edge.send_due() == 0  # not at once again
    later(monkeypatch, 2)
    front.status = 200
    assert edge.send_due() > 0
    assert tags(front)[0] == tags(front)[1]
    assert not Purge.objects.filter(edge_failures__gt=0).exists()


def test_publishing_goes_on_while_nobody_listens(settings, collaborator, head):
    settings.PURGE_TARGETS = targets_of(["http://127.0.0.1:9/"])
    url = make_published(collaborator, head).get_absolute_url()
    assert Client().get(url).status_code == 200
    with pytest.raises(OSError, match="refused"):
        edge.send_due()
    assert Purge.objects.filter(edge_failures=1, edge_told=0).exists()


def test_a_worker_killed_while_it_tells_leaves_the_rest_to_others(front, monkeypatch):
    purging.purge("a")
    Purge.objects.update(edge_at=timezone.now() + edge.LEASE)  # claimed, and then nothing
    assert edge.send_due() == 0
    later(monkeypatch, edge.LEASE.total_seconds() + 1)
    assert edge.send_due() == 1


def test_a_cdn_is_told_in_json_in_the_parts_it_takes(front, settings):
    settings.PURGE_TARGETS = targets_of([f"json+{front.url}"])
    purging.purge(*(f"article:{number}" for number in range(70)))
    edge.send_due()
    said = [body["tags"] for _, _, body, _ in front.heard]
    assert sorted(map(len, said)) == [10, 30, 30]
    purging.purge("*")
    edge.send_due()
    assert front.heard[-1][2] == {"purge_everything": True}


def test_parts_fit_a_header():
    names = [f"section:{'x' * 300}{number}" for number in range(25)]
    parts = list(edge.parts_of(names))
    assert [tag for part in parts for tag in part] == names
    assert max(len(",".join(part)) for part in parts) <= edge.LONGEST_HEADER


def test_only_told_caches_may_keep_a_page_and_not_past_its_time(front, settings, collaborator, head):
    url = make_published(collaborator, head).get_absolute_url()
    settings.EDGE_SECONDS = 300
    first, kept = Client().get(url), Client().get(url)
    for answer in (first, kept):
        seconds = int(answer.headers["CDN-Cache-Control"].removeprefix("max-age="))
        assert 0 < seconds <= 300
        assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"  # for readers
    settings.PURGE_TARGETS = []
    assert "CDN-Cache-Control" not in Client().get(url).headers
    assert "CDN-Cache-Control" not in Client().get("/tim-kiem/?q=a").headers


def test_a_page_with_too_many_tags_for_a_header_is_kept_here_only(
    front, settings, monkeypatch, collaborator, head
):
    monkeypatch.setattr("foundation.pagestore.keeping.LONGEST_TAGS", 20)
    url = make_published(collaborator, head).get_absolute_url()
    for _ in range(2):
        headers = Client().get(url).headers
        assert "Cache-Tag" not in headers
        assert "CDN-Cache-Control" not in headers


def test_addresses_are_read_or_refused():
    assert targets_of(["", "http://a:6081/", "json+https://b/c"]) == [
        Target("http://a:6081/", False),
        Target("https://b/c", True),
    ]
    for wrong in ("file:///etc/passwd", "varnish:6081", "ftp://a/"):
        with pytest.raises(ImproperlyConfigured, match="PURGE_URL"):
            targets_of([wrong])

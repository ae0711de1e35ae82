"""Other sites read what is public here as JSON, and nothing else."""

import datetime
import json
import re
import subprocess
import sys

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from api.paging import SIZE
from approvals.enums import RecordStatus
from articles.models import PublishedArticle
from departments.enums import RelationKind
from departments.models import DepartmentName
from documents.models import OfficialDocument
from events.models import Event
from tests.architecture import ROOT
from tests.factories.articles import (
    approve,
    make_article,
    make_draft,
    make_illustrated_draft,
    make_published,
    resubmit,
    submit,
    withdraw,
)
from tests.factories.awards import make_commendation, make_decision
from tests.factories.departments import make_department, make_relation
from tests.factories.documents import make_document
from tests.factories.events import make_event

pytestmark = pytest.mark.django_db
LISTS = ("stories", "events", "commendations", "documents")


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet():
    cache.clear()


def ask(client, path, **query):
    response = client.get(f"/api/v1/{path}", query)
    assert response.status_code == 200, response.content
    return json.loads(response.content)


def test_a_story_is_told_whole_with_absolute_addresses(client, collaborator, head, settings):
    make_article("approved", collaborator, head, title="Ngày hội đọc sách", tags=["đọc sách"])
    page = PublishedArticle.objects.get()
    card = ask(client, "stories")["items"][0]
    assert (card["title"], card["tags"]) == ("Ngày hội đọc sách", ["đọc sách"])
    assert card["url"] == settings.SITE_URL + page.get_absolute_url()
    assert card["unit"] == {"name": "Trường THPT Chu Văn An", "slug": "truong-thpt-chu-van-an"}
    story = ask(client, f"stories/{page.pk}")
    assert "lễ chào cờ" in story["content_html"]
    assert story["bylines"] == [{"name": "Nguyễn Thị Lan", "role": "Bài"}]
    assert story | card == story


def test_a_photo_is_told_with_its_words(client, collaborator, head):
    submitted = submit(make_illustrated_draft(collaborator), collaborator)
    approve(submitted, head)
    photo = ask(client, "stories")["items"][0]["photo"]
    assert photo["src"].startswith("http")
    assert (photo["caption"], photo["credit"], photo["alt"]) == ("Sân trường", "Trần Lan", "Sân trường có cờ")


SECRET = "chuoi-khong-duoc-lo"


def make_secrets(collaborator, head, managing_editor, school):
    """Everything that is not public, in every state; answers the numbers of the stories."""
    kept = [make_draft(collaborator, title=f"Nháp {SECRET}", lead=SECRET, body=f"<p>{SECRET}</p>")]
    kept.append(submit(make_draft(collaborator, title=f"Chờ {SECRET}"), collaborator))
    later = timezone.now() + datetime.timedelta(days=1)
    kept.append(
        make_article("approved", collaborator, head, approval={"due_at": later}, title=f"Hẹn {SECRET}")
    )
    gone = make_published(collaborator, head, title=f"Gỡ {SECRET}", lead=SECRET)
    withdraw(gone, head, note=f"Lý do {SECRET}")
    public = make_published(collaborator, head, title="Bài công khai")
    resubmit(type(kept[0]).objects.get(pk=public.pk), collaborator, title=f"Sửa {SECRET}", lead=SECRET)
    for status in (RecordStatus.DRAFTING, RecordStatus.IN_REVIEW, RecordStatus.WITHDRAWN):
        make_event(f"Sự kiện {SECRET} {status}", status=status, host=school)
        decision = make_decision(issuer=school, status=status, summary=SECRET)
        make_commendation(decision, f"Người {SECRET}", department=school)
        make_document(issuer=school, status=status, summary=f"Văn bản {SECRET} {status}")
    return [article.pk for article in kept] + [gone.pk]


def test_nothing_unpublished_is_told(client, collaborator, head, managing_editor, school):
    numbers = make_secrets(collaborator, head, managing_editor, school)
    make_event("Hội nghị công khai", host=school)
    make_commendation(make_decision(issuer=school), "Người được khen", department=school)
    successor = OfficialDocument.objects.filter(summary__contains=SECRET).first()
    make_document(issuer=school, summary="Văn bản công khai", replaced_by=successor)
    for signed_in in (False, True):
        if signed_in:
            client.force_login(managing_editor)
        for name in LISTS:
            for path in (name, f"units/{school.slug}/{name}"):
                answer = ask(client, path)
                assert len(answer["items"]) == 1, path
                told = json.dumps(answer, ensure_ascii=False)
                assert SECRET not in told
                assert successor.number not in told
        for number in numbers:
            response = client.get(f"/api/v1/stories/{number}")
            assert (response.status_code, SECRET in response.content.decode()) == (404, False)
        assert SECRET not in json.dumps(ask(client, "openapi.json"))


def test_names_withheld_and_names_of_pupils_are_initials(client, school):
    decision = make_decision(issuer=school)
    make_commendation(decision, "Nguyễn Thị Hồng", department=school, withheld_on=timezone.localdate())
    make_commendation(decision, "Trần Văn Bình", department=school, is_pupil=True)
    make_commendation(decision, "Lê Thị Thanh", department=school)
    told = [item["recipient"] for item in ask(client, "commendations")["items"]]
    assert told[0] == "Lê Thị Thanh"
    assert not {"Nguyễn Thị Hồng", "Trần Văn Bình"} & set(told)


def test_a_unit_gathers_what_was_merged_into_it_and_its_old_address_still_works(
    client, province, head, school
):
    closed = make_department("Trường THPT Cũ", valid_until=datetime.date(2025, 6, 30))
    make_relation(
        closed, RelationKind.SUCCESSION, school, valid_from=datetime.date(2025, 7, 1), succession_kind="merge"
    )
    make_event("Lễ ở trường cũ", host=closed)
    make_event("Lễ ở nơi khác", host=province)
    shared = make_event("Lễ chung", host=province)
    shared.co_hosts.add(school)
    DepartmentName.objects.filter(department=school).update(slug="ten-ngay-truoc")
    for slug in (school.slug, "ten-ngay-truoc"):
        titles = {item["title"] for item in ask(client, f"units/{slug}/events")["items"]}
        assert titles == {"Lễ ở trường cũ", "Lễ chung"}


def test_pages_hold_every_row_once_also_those_of_one_moment(client, school):
    moment = timezone.now().replace(microsecond=7)
    for _ in range(SIZE * 2 + 3):
        make_event(host=school, starts_at=moment)
        make_document(issuer=school)
    for name in ("events", "documents"):
        seen, path, query = [], name, {}
        while True:
            answer = ask(client, path, **query)
            seen += [item["slug"] for item in answer["items"]]
            if answer["next"] is None:
                break
            query = {"before": answer["next"].partition("before=")[2]}
        assert len(seen) == len(set(seen)) == SIZE * 2 + 3


@pytest.mark.parametrize("place", ["0-1", "99999999999999999999-1", "20171399-1", "5", "0", "1-0"])
@pytest.mark.parametrize("name", [*LISTS, "units"])
def test_a_place_that_means_nothing_is_an_empty_page_or_the_rest(client, school, name, place):
    make_event(host=school)
    assert ask(client, name, before=place)["next"] is None


@pytest.mark.parametrize("place", ["x", "-1", "1--2", "1' OR 1=1", "1" * 30, "٣"])
def test_a_place_that_cannot_be_read_is_refused(client, place):
    response = client.get("/api/v1/stories", {"before": place})
    assert (response.status_code, json.loads(response.content)["detail"]) == (
        422,
        "Tham số không đọc được: before.",
    )


@pytest.mark.parametrize("path", ["units/khong-co/stories", "stories/999", "khong-co", "", "stories/"])
def test_what_is_not_there_is_told_so_as_json(client, path):
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 404
    assert json.loads(response.content)["detail"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client, method):
    assert getattr(client, method)("/api/v1/stories").status_code == 405


@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_the_same_whatever_its_length(client, school, collaborator, head, name):
    def make():
        make_published(collaborator, head)
        make_event(host=school)
        make_commendation(make_decision(issuer=school), department=school)
        make_document(issuer=school)

    def cost():
        with CaptureQueriesContext(connection) as asked:
            ask(client, name)
        return len(asked)

    make()
    cost()
    one = cost()
    for _ in range(3):
        make()
    assert cost() == one <= 4


def test_other_sites_may_read_it_in_a_browser_and_search_engines_do_not(client):
    response = client.get("/api/v1/stories")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert not response.cookies
    assert client.head("/api/v1/stories").status_code == 200


@pytest.mark.parametrize("path", ["stories", "khong-co", "stories/999999", "stories?before=x", ""])
def test_a_page_of_another_site_reads_refusals_too(client, path):
    for method in ("get", "post", "options"):
        answer = getattr(client, method)(f"/api/v1/{path}", headers={"origin": "https://truong.example"})
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer.headers
        if answer.status_code >= 400:
            assert re.search(r'"detail": "[^"\\]*[ôđỉọ]', answer.text), (method, answer.text)


def test_a_browser_may_ask_whether_anything_is_new(client):
    asked = client.options("/api/v1/stories", headers={"access-control-request-headers": "if-none-match"})
    assert (asked.status_code, asked.content) == (204, b"")
    assert asked.headers["Access-Control-Allow-Headers"] == "If-None-Match"
    assert asked.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert "ETag" in client.get("/api/v1/stories").headers["Access-Control-Expose-Headers"]
    refused = client.post("/api/v1/stories")
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_page_of_a_school_shows_stories_in_its_readers_browser(chromium, live_server):
    """As docs/api.md shows it, from another origin; the second time the browser asks only for what is new."""
    make_published(title="Ngày hội đọc sách")
    page = chromium.new_page(bypass_csp=True, service_workers="block")
    # The same machine under another name: another origin, as the school's site is.
    page.goto(live_server.url.replace("localhost", "127.0.0.1"))
    page.evaluate("document.body.innerHTML = '<ul id=tin></ul>'")
    (script,) = re.findall(r"<script>(.*?)</script>", (ROOT / "docs/api.md").read_text(), re.DOTALL)
    own = script.replace("https://giaoduc.example", live_server.url)
    own = own.replace("/units/truong-thpt-chu-van-an", "")
    page.evaluate(own)
    page.locator("#tin a").wait_for()
    assert page.locator("#tin a").all_text_contents() == ["Ngày hội đọc sách"]
    asked = "fetch(url, {headers: {'If-None-Match': tag}}).then((a) => a.status)"
    assert page.evaluate(f"([url, tag]) => {asked}", [f"{live_server.url}/api/v1/stories", "W/x"]) == 200
    page.close()


def test_who_asks_too_much_waits(client, limits):
    limits(api=(5, 60))
    answers = [client.get("/api/v1/events", {"before": str(n)}) for n in range(6)]
    refused = answers[-1]
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert "chờ" in json.loads(refused.content)["detail"]
    assert client.get("/api/v1/events", REMOTE_ADDR="10.9.9.9").status_code == 200


def test_a_forged_address_does_not_help_who_asks_too_much(client, limits):
    limits(api=(5, 60))
    statuses = {
        client.get("/api/v1/events", headers={"x-forwarded-for": f"1.2.3.{n}"}).status_code for n in range(6)
    }
    assert 429 in statuses


def test_the_description_names_every_list(client):
    description = ask(client, "openapi.json")
    assert description["openapi"].startswith("3.")
    for name in LISTS:
        assert {f"/api/v1/{name}", f"/api/v1/units/{{unit}}/{name}"} <= set(description["paths"])
    for path, acts in description["paths"].items():
        assert set(acts) == {"get"}, path


def test_the_library_is_not_loaded_before_somebody_asks():
    code = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'; django.setup();"
        "import newsroom.urls; sys.exit('ninja' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603 (our own words)


def test_an_event_that_was_cancelled_says_so(client, school):
    event = make_event(host=school)
    Event.objects.filter(pk=event.pk).update(occurrence="cancelled", occurrence_note="Mưa lớn.")
    told = ask(client, "events")["items"][0]
    assert (told["state"], told["note"]) == ("cancelled", "Mưa lớn.")

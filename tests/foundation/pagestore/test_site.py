"""The whole site with its pages kept: fast, exact, never a draft, never somebody's own page."""

import datetime
import gzip

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.approval import releasing
from articles.models import PublishedArticle
from events.models import Event
from foundation.pagestore import purging
from foundation.pagestore.addresses import variant_of
from foundation.pagestore.announcing import announce
from foundation.pagestore.models import Purge
from foundation.pagestore.serving import KeptPages
from foundation.paging.places import Kind
from frontpage.models import Placement
from frontpage.moments import pass_moments
from tests.factories.articles import make_draft, make_published, make_section, submit, withdraw
from tests.factories.awards import make_decision
from tests.factories.departments import PASSWORD
from tests.factories.documents import make_document
from tests.factories.events import make_event
from tests.foundation.pagestore.reading import SPELLINGS, queries, words
from tests.foundation.pagestore.wsgi import ask

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("watched")]


def test_the_second_reader_costs_no_query(reader, collaborator, head):
    page = make_published(collaborator, head, title="Ngày hội đọc sách")
    first, cost = queries(reader, page.get_absolute_url())
    second, again = queries(reader, page.get_absolute_url())
    assert cost > 0
    assert again == 0
    assert words(first) == words(second)
    assert "Ngày hội đọc sách" in words(second)
    for name in (
        "Content-Security-Policy",
        "X-Content-Type-Options",
        "Permissions-Policy",
        "Referrer-Policy",
    ):
        assert second.headers[name] == first.headers[name]
    assert f"article:{page.pk}" in second.headers["Cache-Tag"].split(",")


def test_an_unchanged_page_is_not_sent_again(reader, collaborator, head):
    url = make_published(collaborator, head).get_absolute_url()
    etag = reader.get(url).headers["ETag"]
    answer = reader.get(url, headers={"if-none-match": etag})
    assert (answer.status_code, answer.content) == (304, b"")


def test_a_reader_without_gzip_reads_the_same(collaborator, head):
    url = make_published(collaborator, head, title="Không nén").get_absolute_url()
    for _ in range(2):
        answer = Client().get(url)
        assert "Content-Encoding" not in answer.headers
        assert "Không nén" in answer.content.decode()


@pytest.mark.parametrize("where", ["/", "/rss.xml", "/atom.xml", "section", "unit", "unit_stories"])
def test_a_publication_is_on_every_list_with_the_next_look(reader, collaborator, head, where):
    section = make_section("Dạy và học", slug="day-va-hoc")
    old = make_published(collaborator, head, section=section, title="Bài thứ nhất")
    unit = old.department.get_absolute_url()
    where = {"section": section.get_absolute_url(), "unit": unit, "unit_stories": f"{unit}tin/"}.get(
        where, where
    )
    assert "Bài thứ nhất" in words(reader.get(where))
    make_published(collaborator, head, section=section, title="Bài thứ hai")
    assert "Bài thứ hai" in words(reader.get(where))


def test_a_withdrawn_story_is_gone_everywhere_at_once(reader, collaborator, head):
    page = make_published(collaborator, head, title="Bài sẽ gỡ")
    other = make_published(collaborator, head, title="Bài còn lại")
    places = ["/", "/rss.xml", page.section_url, page.department.get_absolute_url(), other.get_absolute_url()]
    for place in places:
        assert "Bài sẽ gỡ" in words(reader.get(place)), place
    assert reader.get(page.get_absolute_url()).status_code == 200
    withdraw(page, head)
    for place in places:
        assert "Bài sẽ gỡ" not in words(reader.get(place)), place
    assert reader.get(page.get_absolute_url()).status_code == 410
    assert reader.get(page.get_absolute_url()).status_code == 410


def test_a_withdrawn_story_is_gone_from_the_pages_of_its_records(reader, collaborator, head):
    document = make_document()
    decision = make_decision(document=document)
    event = make_event()
    places = [record.get_absolute_url() for record in (document, decision, event)]
    for place in places:
        assert "Bài sẽ gỡ" not in words(reader.get(place)), place
    page = make_published(collaborator, head, title="Bài sẽ gỡ", commendation_decision=decision, event=event)
    for place in places:
        assert "Bài sẽ gỡ" in words(reader.get(place)), place
    withdraw(page, head)
    for place in places:
        assert "Bài sẽ gỡ" not in words(reader.get(place)), place


def test_other_stories_keep_their_pages(reader, collaborator, head):
    quiet_section, section = make_section("Khen", slug="khen"), make_section("Dạy", slug="day")
    quiet = make_published(collaborator, head, section=quiet_section, title="Yên")
    reader.get(quiet.get_absolute_url())
    make_published(collaborator, head, section=section, title="Mới", tags=["Từ mới"])
    _, cost = queries(reader, quiet.get_absolute_url())
    assert cost == 0


def test_a_page_drawn_while_the_story_was_published_is_not_kept(
    reader, kept_site, collaborator, head, monkeypatch
):
    """The render begins, reads the old data; the release commits; only then the old page is finished."""
    section = make_section("Dạy và học", slug="day-va-hoc")
    make_published(collaborator, head, section=section, title="Trước")
    meanwhile = []
    put = kept_site.put

    def slow_put(file, page, tags, turn):
        if not meanwhile:
            meanwhile.append(make_published(collaborator, head, section=section, title="Giữa chừng"))
        return put(file, page, tags, turn)

    monkeypatch.setattr(kept_site, "put", slow_put)
    assert "Giữa chừng" not in words(reader.get(section.get_absolute_url()))
    assert "Giữa chừng" in words(reader.get(section.get_absolute_url()))


def test_a_change_that_is_rolled_back_drops_nothing(reader, collaborator, head):
    page = make_published(collaborator, head)
    reader.get(page.get_absolute_url())
    Purge.objects.all().delete()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        releasing.leave_tombstone(page, "thử")
        raise ZeroDivisionError
    _, cost = queries(reader, page.get_absolute_url())
    assert cost == 0
    assert not Purge.objects.exists()


def test_a_process_killed_after_its_commit_leaves_word(reader, kept_site, collaborator, head):
    """The release committed, the dropping never ran: the next look of the worker does it."""
    page = make_published(collaborator, head, title="Tên cũ")
    reader.get(page.get_absolute_url())
    PublishedArticle.objects.filter(pk=page.pk).update(title="Tên mới")
    purging.purge_row(f"article:{page.pk}")
    assert "Tên cũ" in words(reader.get(page.get_absolute_url()))
    assert purging.follow() == 1
    assert "Tên mới" in words(reader.get(page.get_absolute_url()))
    assert purging.follow() == 0


def test_nobody_signed_in_is_given_or_leaves_a_kept_page(reader, collaborator, head):
    page = make_published(collaborator, head)
    staff = Client(headers={"accept-encoding": "gzip"})
    staff.login(username="ctv", password=PASSWORD)
    _, cost = queries(staff, page.get_absolute_url())
    _, after = queries(reader, page.get_absolute_url())
    assert cost > 0
    assert after > 0


def test_the_office_and_unknown_addresses_are_never_kept(reader, kept_site, collaborator, head):
    draft = submit(make_draft(collaborator, title="Bản nháp riêng"), collaborator)
    for url in (
        "/admin/",
        "/admin/login/",
        "/khong-co/",
        "/tim-kiem/?q=a",
        "/healthz",
        f"/bai-viet/x-{draft.pk}/",
    ):
        reader.get(url)
    assert [str(path) for path in kept_site.live.rglob("*.gz")] == []


def test_each_display_has_its_own_page(reader, collaborator, head):
    url = make_published(collaborator, head).get_absolute_url()
    usual = words(reader.get(url))
    reader.cookies["hien-thi"] = "lon.toi"
    large = words(reader.get(url))
    assert 'data-theme="toi"' in large
    assert 'data-theme="toi"' not in usual
    assert words(reader.get(url)) == large
    somebody_else = Client(headers={"accept-encoding": "gzip"})
    assert words(somebody_else.get(url)) == usual


@pytest.mark.parametrize("cookie", SPELLINGS)
def test_a_page_is_drawn_as_it_is_kept_however_the_cookie_is_spelled(cookie, collaborator, head):
    url = make_published(collaborator, head).get_absolute_url()
    size, theme = variant_of(cookie).split(".")
    stranger = Client(headers={"accept-encoding": "gzip", "cookie": cookie})
    drawn = words(stranger.get(url))
    assert f'data-theme="{theme}"' in drawn or theme == "may"
    assert ('data-theme="toi"' in drawn) == (theme == "toi")
    usual = Client(headers={"accept-encoding": "gzip"})
    assert 'data-theme="toi"' not in words(usual.get(url))
    assert (
        words(Client(headers={"accept-encoding": "gzip", "cookie": f"hien-thi={size}.{theme}"}).get(url))
        == drawn
    )


@pytest.mark.parametrize(
    "spelled", ["sessionid={}", "sessionid ={}", " sessionid={}", "a=1; sessionid={}", "sessionid\t={}"]
)
def test_who_is_signed_in_leaves_no_page_however_the_cookie_is_spelled(
    spelled, kept_site, collaborator, head
):
    url = make_published(collaborator, head).get_absolute_url()
    session = signed_in(collaborator).cookies["sessionid"].value
    Client(headers={"accept-encoding": "gzip", "cookie": spelled.format(session)}).get(url)
    assert [str(path) for path in kept_site.live.rglob("*.gz")] == []


def test_an_invented_place_in_a_list_is_answered_and_not_kept(reader, kept_site, collaborator, head):
    section = make_section("Mục", slug="muc")
    pages = [make_published(collaborator, head, section=section) for _ in range(3)]
    make_document()
    make_event()
    invented = [
        *(
            f"{url}?{key}"
            for url in ("/tin/", "/chuyen-muc/muc/", "/khen-thuong/", "/su-kien/", "/van-ban/")
            for key in (
                "truoc=2031-01-01-000000-000000-7",
                "truoc=2031-01-01-7",
                "sau=1990-01-01-7",
                "thang=1999-01",
                "truoc=rac",
                "la=1",
            )
        ),
        "/van-ban/?sap=khong-co",
        "/van-ban/?truoc=abc-7",
        f"/api/v1/stories?before={10**15}-7",
        "/api/v1/units?before=999999",
        f"/api/v1/stories/000{pages[0].pk}",
        "/sitemap-bai-viet-00.xml",
        "/don-vi/truong-thpt-chu-van-an/tin/?truoc=2031-01-01-000000-000000-7",
    ]
    for url in invented:
        assert reader.get(url).status_code in (200, 404), url
    assert [str(path) for path in kept_site.live.rglob("*.gz")] == []
    moment = PublishedArticle.objects.get(pk=pages[1].pk).published_at
    place = Kind.MOMENT.write(moment, pages[1].pk)
    month = f"{timezone.localtime(moment):%Y-%m}"
    real = [f"/tin/?truoc={place}", f"/tin/?sau={place}", f"/tin/?thang={month}", "/van-ban/?sap=so", "/tin/"]
    for url in real:
        reader.get(url)
    assert len(list(kept_site.live.rglob("*.gz"))) == len(real)


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [
        ("gzip", True),
        ("br, gzip;q=0.5", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000, br", False),
        ("br, gzip ; q=1", True),
        ("identity", False),
        ("", False),
        ("notgzip", False),
    ],
)
def test_who_refuses_gzip_gets_none(accepted, packed, collaborator, head):
    make_published(collaborator, head)
    for address in ("/", "/", "/tim-kiem/?q=a"):
        answer = Client(headers={"accept-encoding": accepted}).get(address)
        assert (answer.headers.get("Content-Encoding") == "gzip") == packed


def test_another_host_is_refused_in_one_line_and_fills_no_log(caplog, kept_site, db):
    answer = Client(headers={"host": "la.example"}).get("/tin/")
    assert (answer.status_code, len(answer.content) < 100) == (400, True)
    assert not [record for record in caplog.records if record.levelname == "ERROR"]
    assert list(kept_site.live.rglob("*.gz")) == []


def test_a_section_renamed_in_the_office_is_so_on_every_page(reader, collaborator, head, managing_editor):
    section = make_published(collaborator, head, section=make_section("Tên cũ", slug="muc")).section
    assert "Tên cũ" in words(reader.get("/"))
    assert queries(reader, "/")[1] == 0
    typed = {"name": "Tên mới", "slug": "muc", "order": 1, "in_navigation": "on", "on_front_page": "on"}
    answer = signed_in(managing_editor).post(f"/admin/articles/section/{section.pk}/change/", typed)
    assert answer.status_code == 302
    assert "Tên cũ" not in words(reader.get("/"))
    assert "Tên mới" in words(reader.get("/"))


def test_a_story_placed_in_the_office_moves_at_once(reader, collaborator, head, managing_editor):
    page = make_published(collaborator, head, title="Bài chính")
    make_published(collaborator, head, title="Bài sau")
    usual = words(reader.get("/"))
    staff = signed_in(managing_editor)
    desk = "/admin/trang-chu/"
    put = f'[{{"kind": "put", "number": 1, "story": {page.pk}, "slot": "top"}}]'
    assert staff.post(desk, {"lam": "luu", "viec": put}).status_code == 302
    assert words(reader.get("/")) != usual
    remove = f'[{{"kind": "remove", "number": 1, "place": "{Placement.objects.get().pk}"}}]'
    assert staff.post(desk, {"lam": "luu", "viec": remove}).status_code == 302
    assert words(reader.get("/")) == usual


def signed_in(person):
    staff = Client()
    staff.force_login(person)
    return staff


def test_a_placement_that_begins_by_time_is_seen(reader, collaborator, head):
    page = make_published(collaborator, head, title="Bài hẹn giờ lên đầu")
    now = timezone.now()
    Placement.objects.create(slot="top", article=page, starts_at=now + datetime.timedelta(minutes=5))
    pass_moments(now)
    reader.get("/")
    assert queries(reader, "/")[1] == 0
    pass_moments(now + datetime.timedelta(minutes=6))
    assert queries(reader, "/")[1] > 0


def test_readers_notice_nothing_when_the_database_is_gone(reader, collaborator, head, kept_site, monkeypatch):
    page = make_published(collaborator, head, title="Còn đọc được")
    reader.get(page.get_absolute_url())
    later = timezone.now().timestamp() + 2 * 24 * 60 * 60
    kept_site.sweep(later)  # its time is over; a new one cannot be drawn

    def gone(*args):
        raise OperationalError("the database is gone")

    with connection.execute_wrapper(gone):
        answer = reader.get(page.get_absolute_url())
    assert "Còn đọc được" in words(answer)


def test_the_server_answers_kept_pages_before_django(reader, collaborator, head):
    page = make_published(collaborator, head, title="Trước cả Django")
    asked = []

    def behind(environ, start_response):
        asked.append(environ["PATH_INFO"])
        start_response("200 OK", [])
        return [b"django"]

    application = KeptPages(behind)
    url = page.get_absolute_url()
    reader.get(url)
    said, body = ask(application, url, HTTP_ACCEPT_ENCODING="gzip")
    assert said["status"] == "200 OK"
    assert "Trước cả Django" in gzip.decompress(body).decode()
    assert said["headers"]["Content-Security-Policy"]
    assert ask(application, url, REQUEST_METHOD="HEAD")[1] == b""
    assert (
        ask(application, url, HTTP_IF_NONE_MATCH=said["headers"]["ETag"])[0]["status"] == "304 Not Modified"
    )
    assert asked == []
    for more in (
        {"HTTP_COOKIE": "sessionid=1"},
        {"HTTP_HOST": "evil.example"},
        {"REQUEST_METHOD": "POST"},
        {"QUERY_STRING": "x=1"},
    ):
        assert ask(application, url, **more)[1] == b"django", more


def test_plain_http_is_still_sent_to_https(reader, settings, collaborator, head):
    url = make_published(collaborator, head).get_absolute_url()
    reader.get(url)
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    application = KeptPages(get_wsgi_application())
    assert ask(application, url)[0]["status"].startswith("301")
    assert ask(application, url, HTTP_X_FORWARDED_PROTO="https")[0]["status"] == "200 OK"


def test_an_event_that_is_called_off_is_so_on_every_page(reader, collaborator, head):
    event = make_event(status="public", title="Hội thi", host=head.person.positions.first().department)
    url = event.get_absolute_url()
    reader.get(url), reader.get(reverse("events:calendar"))
    assert queries(reader, url)[1] == 0
    Event.objects.filter(pk=event.pk).update(occurrence="cancelled")
    announce(event)
    assert "Đã hủy" in words(reader.get(url))
    assert queries(reader, reverse("events:calendar"))[1] > 0


def test_answers_of_the_api_are_kept_and_dropped_with_what_they_show(reader, collaborator, head, school):
    page = make_published(collaborator, head, title="Ngày hội đọc sách")
    addresses = ["/api/v1/stories", f"/api/v1/units/{school.slug}/stories", f"/api/v1/stories/{page.pk}"]
    for address in addresses:
        assert "Ngày hội đọc sách" in words(reader.get(address))
        assert queries(reader, address)[1] == 0
    withdraw(page, head)
    assert [words(reader.get(a)).count("Ngày hội") for a in addresses] == [0, 0, 0]
    moment = make_published(collaborator, head)
    microseconds = round(moment.published_at.timestamp() * 10**6)
    deeper = f"/api/v1/stories?before={microseconds}-{moment.pk}"
    assert reader.get(deeper).status_code == 200
    assert queries(reader, deeper)[1] == 0


def test_a_section_renamed_by_another_process_is_in_the_bar_of_every_page(reader, collaborator, head):
    """What this process remembers of the bar must not be drawn into a page that is then kept."""
    section = make_section("Tên cũ", slug="muc", in_navigation=True)
    page = make_published(collaborator, head, section=section)
    assert "Tên cũ" in words(reader.get("/"))
    with connection.cursor() as other:  # past this process's own notice
        other.execute("UPDATE articles_section SET name = 'Tên mới' WHERE slug = 'muc'")
    Purge.objects.create(tags=["sections"])
    purging.follow()
    assert "Tên cũ" not in words(reader.get("/su-kien/"))
    assert "Tên mới" in words(reader.get("/su-kien/")), page


def test_a_link_as_shared_fills_the_page_itself(kept_site, collaborator, head):
    page = make_published(collaborator, head)
    url = page.get_absolute_url()
    shared = Client().get(f"{url}?fbclid=IwAR-zebra&utm_source=zalo")
    assert "zebra" not in shared.text
    assert Client().get(url).content == shared.content
    assert [file.name for file in kept_site.live.rglob("bai-viet/**/*.gz")] == ["index.html.gz"]

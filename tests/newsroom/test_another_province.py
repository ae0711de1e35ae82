"""No word of the demo on an installation of another province: in no source, on no page, in no mail."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from awards.models import Commendation
from departments.enums import DepartmentKind
from identity.models import SiteIdentity
from inbox.posting import send_due
from newsroom.demo.units import IDENTITY, REFORM
from tests.architecture import ROOT
from tests.factories.articles import make_draft, make_published, make_section, submit
from tests.factories.awards import make_commendation, make_decision
from tests.factories.departments import make_department, make_user
from tests.factories.documents import make_document
from tests.factories.events import make_event
from tests.factories.identity import make_identity
from tests.factories.press import make_template, print_sheets
from tests.factories.rounds import make_proposal, make_round, send
from tests.newsroom.test_every_link import OFFERED, named_in
from tests.press.reading import bare, lines_of, stored

SITE = "http://127.0.0.1:8000"
# How the demo's province, its mail, its person and its codes may be written, also bound or in an address.
DEMO = re.compile(
    r"đ[ắă]k(?: |\xa0|&nbsp;|%20|-)?l[ắă]k|dak[ -]?lak|vidu\.example|bantruyenthong|trưởng ban truyền thông"
    r"|(?-i:\bDL\d\d-|[\"']DL[\"'])",
    re.IGNORECASE,
)
# Where a word of the demo may stand: the demo, Vietnamese place names and their spellings, the law, passwords
# that are easily guessed, and what a migration says of installations that exist.
ALLOWED = re.compile(
    r"newsroom/demo/|foundation/language/|articles/approval/checks/house_style\.py|awards/law/|/migrations/"
    r"|accounts/guessable_words\.txt|articles/text/person_names\.py"
)
SHARED = re.compile(r'<meta property="og:image" content="([^"]*)"')
READ = {".py", ".html", ".txt", ".js", ".css", ".svg", ".xml", ".json", ".webmanifest"}
PICTURES = {".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".ico", ".pdf"}
# The sign of the newsroom: a roof and a book (`tests.icons` draws them).
WORDLESS = {
    "static/img/icon-192.png",
    "static/img/icon-512.png",
    "static/img/icon-maskable-512.png",
    "static/root/apple-touch-icon.png",
    "static/root/favicon.ico",
}
FOLDERS = [path for path in ROOT.iterdir() if path.is_dir() and path.name not in ("tests", "docs", "var")]


def words_of_the_demo(name: str, text: str) -> list[str]:
    return [] if ALLOWED.search(name) else [f"{name}: {found[0]}" for found in DEMO.finditer(text)]


def test_no_source_and_no_template_holds_a_word_of_the_demo():
    found, read = [], 0
    for folder in FOLDERS:
        for path in folder.rglob("*"):
            if path.suffix in READ and not folder.name.startswith((".", "node_modules")):
                name, read = path.relative_to(ROOT).as_posix(), read + 1
                found += words_of_the_demo(name, path.read_text())
    assert found == []
    assert read > 700


def test_a_word_left_behind_is_found_however_it_is_written():
    for planted in (*IDENTITY.values(), "Đắk&nbsp;Lắk", "Đắk\xa0Lắk", "dak-lak", "DL17-7K3M-9QXP"):
        if planted not in ("Sở", IDENTITY["description"]):
            quoted = f'"{planted}"'
            assert words_of_the_demo("templates/base.html", quoted), planted
    assert words_of_the_demo("newsroom/demo/units.py", "Đắk Lắk") == []


def test_no_picture_of_the_sources_can_hold_words_of_the_demo():
    """Words drawn into a picture are found by no search: here are only signs without words."""
    pictures = {
        path.relative_to(ROOT).as_posix()
        for folder in FOLDERS
        for path in folder.rglob("*")
        if path.suffix in PICTURES and not folder.name.startswith((".", "node_modules"))
    }
    assert {name for name in pictures if not name.startswith("newsroom/demo/photos/")} == WORDLESS


@pytest.fixture
def elsewhere(db, settings, tmp_path):
    """An installation of another province with something of every kind; its starting addresses."""
    settings.MEDIA_ROOT = tmp_path
    make_identity()
    office = make_department(
        "Sở Giáo dục và Đào tạo Bình Nguyên",
        DepartmentKind.PROVINCE_OFFICE,
        short_name="Sở GD&ĐT Bình Nguyên",
        email="so@binhnguyen.example",
    )
    school = make_department("Trường THPT Ven Sông", parent=office)
    writer = make_user("nguoiviet", Role.COLLABORATOR, school, email="viet@binhnguyen.example")
    head = make_user("hieutruong", Role.HEAD, school, full_name="Lý Thị Sen", email="sen@binhnguyen.example")
    paper = make_document("12/QĐ-SGDĐT", issuer=office)
    event = make_event("Ngày hội đọc sách", host=office, starts_at=timezone.now())
    decision = make_decision("15/QĐ-SGDĐT", office, event=event, document=paper, signed_on="2026-01-05")
    row = make_commendation(decision, "Lê Văn Nam")
    story = make_published(writer, head, section=make_section("Tin của trường"), tags=["đọc sách"])
    waiting = submit(make_draft(writer, title="Chờ cô hiệu trưởng đọc"), writer)
    return {
        "story": story,
        "waiting": waiting,
        "head": head,
        "code": row.verify_code,
        "start": [
            "/",
            "/robots.txt",
            "/sitemap.xml",
            "/sitemap-tin-moi.xml",
            "/sw.js",
            "/mat-mang/",
            "/.well-known/security.txt",
            "/manifest.webmanifest",
            "/su-kien/lich.ics",
            "/tim-kiem/?q=doc+sach",
            "/khen-thuong/xac-minh/?ma=sai",
            f"/khen-thuong/xac-minh/{row.verify_code}/",
            "/khong-co-trang-nay/",
            f"/oembed?url={SITE}{story.get_absolute_url()}",
            *(f"/api/v1/{name}" for name in ("openapi.json", "units", "stories", "events")),
            *(f"/api/v1/{name}" for name in ("commendations", "documents", f"stories/{story.pk}")),
        ],
    }


def walk(client, start):
    """Yield each address that can be reached, and what it answers; of pictures the bytes."""
    waiting, seen = list(start), set(start)
    while waiting:
        address = waiting.pop()
        answer = client.get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = content.decode(errors="replace")
        yield address, answer, text
        kind = answer.headers.get("Content-Type", "").split(";")[0]
        led_on = [answer.headers["Location"]] if answer.has_header("Location") else named_in(kind, text)
        for whole in (urljoin(SITE + address, written) for written in led_on):
            path = urlsplit(whole)._replace(scheme="", netloc="", fragment="").geturl()
            private = path.startswith(("/admin/", "/vao/", "/hien-thi/")) or OFFERED.fullmatch(path)
            if whole.startswith(f"{SITE}/") and path not in seen and not private:
                seen.add(path)
                waiting.append(path)


def test_every_page_feed_and_answer_of_another_province_is_its_own(client, elsewhere):
    wrong, pages, read = [], 0, 0
    for address, answer, text in walk(client, elsewhere["start"]):
        read += 1
        if not address.startswith("/static/js/"):  # the scripts are in the sources
            wrong += words_of_the_demo(address, text)
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            pages += 1
            wrong += [
                f"{address} is shared under {shown}" for shown in SHARED.findall(text) if "/static/" in shown
            ]
            if "Giáo dục Bình Nguyên" not in text:
                wrong.append(f"{address} does not say whose site it is")
    assert wrong == []
    assert pages > 25
    assert read > 60
    assert elsewhere["code"].startswith("BN26-")
    for address in ("/rss.xml", "/feed.json", "/manifest.webmanifest", "/api/v1/openapi.json"):
        assert "Giáo dục Bình Nguyên" in client.get(address).text, address
    assert "mailto:tintuc@binhnguyen.example" in client.get("/.well-known/security.txt").text


def test_mails_and_the_office_of_another_province_are_its_own(client, elsewhere):
    send_due()
    assert mail.outbox
    for letter in mail.outbox:
        words = f"{letter.subject}\n{letter.body}\n{letter.alternatives[0][0]}"
        assert words_of_the_demo("mail", words) == []
        assert "Sở Giáo dục và Đào tạo Bình Nguyên" in letter.body
    school = elsewhere["story"].department
    administrator = make_user("quantri", Role.ADMINISTRATOR, school, email="it@binhnguyen.example")
    for user in (elsewhere["head"], administrator):
        client.force_login(user)
        for room in client.get(reverse("admin:index")).context["office"].rooms:
            for part in room["parts"]:
                for address in filter(None, (part["url"], part.get("add_url"))):
                    assert words_of_the_demo(address, client.get(address).text) == []


def test_rounds_sheets_and_reforms_of_another_province_are_its_own(client, elsewhere):
    """From an opened round to the printed sheet; the pages, the mails, the words on paper."""
    school, head = elsewhere["story"].department, elsewhere["head"]
    office = school.relations.first().related
    registrar = make_user("thidua", Role.REGISTRAR, office, email="thidua@binhnguyen.example")
    administrator = make_user("quantri", Role.ADMINISTRATOR, office, email="it@binhnguyen.example")
    round_ = make_round(office, opened_by=registrar)
    proposal = send(make_proposal(round_, school, "Lê Văn Nam", by=head), head)
    nominee = proposal.nominees.get()
    decision = Commendation.objects.get(verify_code=elsewhere["code"]).decision
    run = print_sheets(decision, make_template(office), registrar)
    assert run.failure == ""
    printed = " ".join(line.words for line in lines_of(stored(run.whole)))
    assert bare("Lê Văn Nam") in printed and bare("Bình Nguyên") in printed
    wrong = words_of_the_demo("sheet", printed)
    pages = [
        *((user, "round_list", ()) for user in (head, registrar)),
        *((user, "round_page", (round_.pk,)) for user in (head, registrar)),
        *((user, "round_proposal", (proposal.pk,)) for user in (head, registrar)),
        (registrar, "round_nominee", (nominee.pk,)),
        (registrar, "round_edit", (round_.pk,)),
        (registrar, "round_add", ()),
        (registrar, "press_printtemplate_changelist", ()),
        (administrator, "reform_table", ()),
        (administrator, "reform_closing", (school.pk,)),
    ]
    for user, name, args in pages:
        client.force_login(user)
        answer = client.get(reverse(f"admin:{name}", args=args))
        assert answer.status_code == 200, (name, user)
        assert "Giáo dục Bình Nguyên" in answer.text, name
        wrong += words_of_the_demo(name, answer.text)
    send_due()
    assert {one for letter in mail.outbox for one in letter.to} >= {"sen@binhnguyen.example"}
    for letter in mail.outbox:
        wrong += words_of_the_demo("mail", f"{letter.subject}\n{letter.body}\n{letter.alternatives[0][0]}")
    assert wrong == []


def test_the_walk_finds_a_word_of_the_demo(client, elsewhere):
    SiteIdentity.objects.all().delete()
    make_identity(valid_from=REFORM, **IDENTITY)
    found = [line for address, _, text in walk(client, ["/"]) for line in words_of_the_demo(address, text)]
    assert len(found) > 100

"""Stories come over from WordPress once, honestly recorded, and nothing private becomes public."""

import datetime
import io
import re
import unicodedata

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from approvals.history import history
from articles.approval.freezing import content_of, digest
from articles.bulk import second_core
from articles.bulk.old_site import carrying
from articles.enums import PublicState, Status, Verdict
from articles.models import Article, ImportedStory, OldAddress, PublishedArticle, ReviewDecision, Section
from articles.office.queue import still_to_take_back
from articles.office.tally import year_of
from articles.office.timeline import entries
from articles.writing.board import board, stories_of
from departments.enums import RelationKind
from media.models import Photo, PhotoExposure
from tests.articles.bulk.wordpress.export import attachment, item, meta, write
from tests.factories.articles import approve, submit, withdraw
from tests.factories.departments import make_department, make_relation, make_user
from tests.factories.media import image_bytes, make_pupil
from tests.shared import case

pytestmark = pytest.mark.django_db


def bring(path, **options):
    said = io.StringIO()
    call_command("import_wordpress", path, stdout=said, **options)
    return said.getvalue()


@pytest.fixture(autouse=True)
def office(managing_editor):
    return managing_editor


def test_a_public_post_is_a_live_story_with_an_honest_record(tmp_path, client, managing_editor):
    more = (
        '<category domain="category" nicename="tin-tuc">Tin tức</category>'
        '<category domain="category" nicename="giao-duc">Giáo dục</category>'
        '<category domain="post_tag" nicename="hoc-sinh">học sinh</category>'
    )
    bring(write(tmp_path, item(7, "Chào cờ đầu tuần", excerpt="GD&TĐ - Học sinh kể chuyện.", more=more)))
    page = PublishedArticle.objects.live().get()
    assert (page.title, page.source_mark, page.lead) == ("Chào cờ đầu tuần", "GD&TĐ", "Học sinh kể chuyện.")
    assert (page.section.name, page.department_name) == ("Tin tức", "Sở Giáo dục và Đào tạo Đắk Lắk")
    assert [name for name, _slug in page.tag_names] == ["Giáo dục", "học sinh"]
    assert [row["name"] for row in page.bylines] == ["Nguyễn Thị Lan"]
    assert page.published_at.isoformat() == "2017-11-10T03:12:00+00:00"
    assert page.updated_at.isoformat() == "2017-11-12T01:00:00+00:00"
    shown = client.get(page.get_absolute_url()).content.decode()
    assert "Sáng nay, nhà trường tổ chức lễ chào cờ." in shown
    assert client.get("/the/hoc-sinh/").status_code == 200

    article = Article.objects.get(pk=page.pk)
    decision = ReviewDecision.objects.get()
    assert (article.status, article.approved_revision) == (Status.APPROVED, decision.revision)
    assert (decision.verdict, decision.decided_by) == (Verdict.IMPORTED, managing_editor)
    assert "cu.example, bài số 7: http://cu.example/2017/11/bai-7/" in decision.note
    assert digest(decision.revision.content) == decision.sha256 == page.sha256
    step = next(iter(history(article)))
    assert (step.step, step.actor, step.note) == ("import", managing_editor, decision.note)


def test_the_working_copy_says_to_the_letter_what_was_frozen(tmp_path):
    bring(write(tmp_path, item(7)))
    article = Article.objects.get()
    assert content_of(article) == article.approved_revision.content


SECRET = "chuoi-bi-mat-khong-duoc-lo"


@pytest.mark.parametrize(
    "said",
    [
        {"status": "draft"},
        {"status": "pending"},
        {"status": "private"},
        {"status": "future", "date": "2099-01-01 00:00:00"},
        {"password": "mo-ra"},
        {"date": "2099-01-01 00:00:00"},
        {"date": "0000-00-00 00:00:00"},
        {"status": "la-lam"},
        {"title": ""},
    ],
)
def test_what_was_not_public_there_is_a_draft_here(tmp_path, client, said):
    title = said.pop("title", f"Bài {SECRET}")
    report = bring(write(tmp_path, item(7, title, content=f"Thân {SECRET}", **said)))
    assert "1 bài vào bản nháp" in report
    article = Article.objects.get()
    assert (article.status, article.approved_revision) == (Status.DRAFTING, None)
    assert SECRET in article.title + article.lead + article.body
    assert not PublishedArticle.objects.exists()
    for address in ("/", "/rss.xml", "/sitemap.xml", "/2017/11/bai-7/", "/?p=7", f"/bai-viet/{article.pk}/"):
        response = client.get(address)
        assert response.status_code in (200, 404), address
        assert SECRET not in response.content.decode()


@pytest.mark.parametrize("status", ["trash", "auto-draft", "inherit"])
def test_what_was_thrown_away_there_is_told_and_left(tmp_path, status):
    assert "Không nhập" in bring(write(tmp_path, item(7, status=status)))
    assert not Article.objects.exists()


def test_drafts_alone_when_asked_so(tmp_path):
    bring(write(tmp_path, item(7)), drafts=True)
    assert Article.objects.get().status == Status.DRAFTING
    assert not PublishedArticle.objects.exists()


def test_again_nothing_is_doubled_and_what_is_new_comes(tmp_path):
    bring(write(tmp_path, item(7), item(8, status="draft")))
    before = sorted(Article.objects.values_list())
    report = bring(write(tmp_path, item(7, "Đổi tên"), item(8), item(9)))
    assert "2 bài đã nhập từ lần trước" in report
    assert (
        sorted(Article.objects.exclude(title="Chào cờ đầu tuần", pk__gt=before[-1][0]).values_list())
        == before
    )
    assert Article.objects.count() == 3


def test_the_same_post_twice_in_a_file_is_one_story(tmp_path):
    bring(write(tmp_path, item(7), item(7)))
    assert Article.objects.count() == 1


def test_a_rehearsal_tells_all_and_writes_nothing(tmp_path):
    items = [item(7, content='[box]chữ[/box] <img src="http://cu.example/x.jpg">'), item(8, type="page")]
    report = bring(write(tmp_path, *items), dry_run=True, report=tmp_path / "bao-cao.txt")
    for words in ("1 bài đã công khai", "Ảnh trong bài không lấy được (1)", "[box]", "Trang tĩnh không nhập"):
        assert words in report
    assert "http://cu.example/x.jpg" in (tmp_path / "bao-cao.txt").read_text()
    assert not Article.objects.exists()
    assert not Section.objects.exists()
    assert not OldAddress.objects.exists()


def test_a_file_broken_at_its_end_writes_nothing(tmp_path):
    path = write(tmp_path, item(7), item(8))
    path.write_text(path.read_text()[:-300])
    with pytest.raises(CommandError, match="hỏng ở dòng"):
        bring(path)
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "/2017/11/bai-7/amp/",
        "/2017/11/bai-7/feed/",
        "/2017/11/bai-7/2/",
        "/2017/11/bai-7/comment-page-3/#comments",
        "/blog/?p=7",
        "/?utm_source=zalo&p=7",
        "/2017/11/bai-7/",
        "/2017/11/bai-7",
        "/2017/11/BAI-7/?utm_source=zalo",
        "/2017/11/ten-cu/",
        "/?p=7",
        "/index.php?p=7",
    ],
)
def test_old_addresses_lead_to_the_story(tmp_path, client, address):
    bring(write(tmp_path, item(7, more=meta("_wp_old_slug", "ten-cu"))))
    page = PublishedArticle.objects.get()
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (301, page.get_absolute_url())


@pytest.mark.parametrize(
    ("post", "asked"),
    [
        (("/%c4%91%e1%bb%95i-moi/", "%c4%91%e1%bb%95i-moi", ""), "/đổi-moi/"),
        (("/%C4%91%E1%BB%95i-moi/", "%c4%91%e1%bb%95i-moi", ""), "/%c4%91%e1%bb%95i-moi"),
        (("/tin/bai-7.html", "bai-7", ""), "/tin/bai-7.html"),
        (("/tin/bai-7.html", "bai-7", "ten-cu"), "/tin/ten-cu.html"),
        (("/index.php/2020/05/bai-7/", "bai-7", ""), "/index.php/2020/05/bai-7/"),
        (("/archives/7", "bai-7", ""), "/archives/7"),
        (("/?p=7", "", ""), "/?p=7"),
    ],
)
def test_every_form_of_a_permalink_leads_to_the_story(tmp_path, client, post, asked):
    link, name, old = post
    more = meta("_wp_old_slug", old) if old else ""
    bring(write(tmp_path, item(7, link=f"http://cu.example{link}", name=name, more=more)))
    response = client.get(asked)
    assert (response.status_code, response["Location"]) == (
        301,
        PublishedArticle.objects.get().get_absolute_url(),
    )


def test_two_posts_of_one_name_are_two_stories(tmp_path, client):
    same = {"link": "http://cu.example/hop-giao-ban/", "name": "hop-giao-ban"}
    bring(write(tmp_path, item(7, "Một", **same), item(8, "Hai", **same)))
    first, second = PublishedArticle.objects.order_by("pk")
    assert client.get("/hop-giao-ban/")["Location"] == first.get_absolute_url()
    assert client.get("/?p=8")["Location"] == second.get_absolute_url()


def test_a_category_and_a_tag_of_one_name_are_the_section_alone(tmp_path):
    more = (
        '<category domain="category" nicename="tin-tuc">Tin tức</category>'
        '<category domain="post_tag" nicename="tin-tuc">tin tức</category>'
        '<category domain="post_tag" nicename="doi-moi">đổi mới</category>'
        '<category domain="post_tag" nicename="doi-moi-2">Đổi mới</category>'
    )
    bring(write(tmp_path, item(7, more=unicodedata.normalize("NFD", more))))
    page = PublishedArticle.objects.get()
    assert (page.section.name, [name for name, _slug in page.tag_names]) == ("Tin tức", ["đổi mới"])


def test_an_account_without_a_name_signs_nothing_and_is_told(tmp_path):
    report = bring(write(tmp_path, item(7, author="gvt_admin01")))
    assert PublishedArticle.objects.get().bylines == []
    assert "Không rõ tên người viết" in report


def test_files_that_stay_on_the_old_site_are_told(tmp_path):
    link = '<a href="http://cu.example/wp-content/uploads/2017/kh.pdf">Kế hoạch</a>'
    assert "còn ở trang cũ" in bring(write(tmp_path, item(7, content=f"Mở.\n\nXem {link}.")))


@pytest.mark.parametrize(
    "content",
    [
        '<img src="http://[x/a.jpg">',
        '<img src="data:image/png;base64,' + "A" * 9000 + '">',
        f'<img src="http://cu.example/wp-content/uploads/{"a" * 3000}.jpg">',
        '<img src="">',
        "<img>",
        '[gallery ids="²,x,99999999999999999999"]',
        "<figure><figure><figure>",
        '<!-- wp:block {"ref":1} -->',
        "<table><tr><td>" * 60,
        "]]]]><![CDATA[>",
    ],
)
def test_no_post_however_broken_stops_the_others(tmp_path, content):
    thumbnail = meta("_thumbnail_id", "²")
    path = write(tmp_path, item(7, content=f"Chữ.\n\n{content}", more=thumbnail), item(8))
    report = bring(path, photos=tmp_path, dry_run=True)
    assert max(map(len, report.splitlines())) < 1000
    bring(path, photos=tmp_path)
    assert PublishedArticle.objects.live().count() == 2


PICTURE = '<img src="http://cu.example/wp-content/uploads/2017/co.jpg">'


@pytest.fixture
def folder(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "uploads-moi"
    (tmp_path / "anh" / "2017").mkdir(parents=True)
    return tmp_path / "anh"


def test_photos_that_could_not_be_had_come_with_a_later_run(tmp_path, folder, client, managing_editor):
    path = write(
        tmp_path,
        item(7, content=f"Mở đầu.\n\n{PICTURE}\n\nKết.", more=meta("_thumbnail_id", "3")),
        item(8, "Bản nháp", status="draft", content=f"Nháp.\n\n{PICTURE}"),
        item(9, "Không ảnh"),
        attachment(3, "2017/bia.jpg"),
    )
    bring(path, photos=folder)
    page = PublishedArticle.objects.get(title="Chào cờ đầu tuần")
    assert (page.hero, page.lead, page.revision_number) == (None, "Mở đầu.", 1)
    untouched = PublishedArticle.objects.filter(title="Không ảnh").values().get()

    (folder / "2017" / "co.jpg").write_bytes(image_bytes())
    (folder / "2017" / "bia.jpg").write_bytes(image_bytes())
    rehearsed = bring(path, photos=folder, dry_run=True)
    assert "2 bài nhập từ lần trước nay thêm được ảnh" in rehearsed
    assert PublishedArticle.objects.get(pk=page.pk).hero is None
    assert "2 bài nhập từ lần trước nay thêm được ảnh" in bring(path, photos=folder)

    again = PublishedArticle.objects.get(pk=page.pk)
    assert again.hero is not None
    assert (again.lead, again.revision_number, again.corrections) == ("Mở đầu.", 2, [])
    assert (again.published_at, again.updated_at) == (page.published_at, page.updated_at)
    assert PhotoExposure.objects.filter(subject=f"article:{page.pk}").count() == 2
    article = Article.objects.get(pk=page.pk)
    assert (article.approved_revision.number, article.approved_revision.editor_ids) == (2, [])
    assert article.body == article.approved_revision.content["body"]
    assert again.sha256 == article.approved_revision.sha256 == digest(article.approved_revision.content)
    decision = article.approved_revision.decisions.get()
    assert (decision.verdict, decision.decided_by) == (Verdict.IMPORTED, managing_editor)
    assert client.get(again.hero["src"]).status_code == 200
    assert "<figure" in Article.objects.get(title="Bản nháp").body
    assert not PublishedArticle.objects.filter(title="Bản nháp").exists()
    assert PublishedArticle.objects.filter(title="Không ảnh").values().get() == untouched

    third = bring(path, photos=folder)
    assert "thêm được ảnh" not in third
    assert Article.objects.get(pk=page.pk).revisions.count() == 2
    assert Photo.objects.count() == 2


def test_what_editors_changed_since_is_not_touched_by_a_later_run(tmp_path, folder, managing_editor):
    content = f"Mở đầu.\n\n{PICTURE}\n\nKết."
    path = write(tmp_path, item(7, "Một", content=content), item(8, "Hai", content=content))
    bring(path, photos=folder)
    changed = Article.objects.get(title="Một")
    changed.body = "<p>Kết đã sửa.</p>"
    changed.save()
    withdraw(PublishedArticle.objects.get(title="Hai"), managing_editor)
    before = list(Article.objects.order_by("pk").values())

    (folder / "2017" / "co.jpg").write_bytes(image_bytes())
    report = bring(path, photos=folder)
    assert "Có ảnh mới nhưng bài đã đổi từ lần nhập trước, không tự thêm (2)" in report
    assert list(Article.objects.order_by("pk").values()) == before
    assert not PublishedArticle.objects.live().get().hero


def test_what_a_head_decided_about_since_keeps_its_hour_and_its_words(tmp_path, folder, managing_editor):
    """Approved for tomorrow: a later run publishes nothing today, though nobody has touched the words."""
    content = f"Mở đầu.\n\n{PICTURE}\n\nKết."
    path = write(tmp_path, item(7, "Hẹn giờ", content=content, status="draft"))
    bring(path, photos=folder)
    draft = Article.objects.get()
    submit(draft, managing_editor)
    draft.refresh_from_db()
    reader = make_user("nguoi-duyet", role="deputy", department=draft.department)
    approve(draft, reader, due_at=timezone.now() + datetime.timedelta(days=1))
    before = Article.objects.values().get()

    (folder / "2017" / "co.jpg").write_bytes(image_bytes())
    report = bring(path, photos=folder)
    assert "Có ảnh mới nhưng bài đã đổi từ lần nhập trước, không tự thêm (1)" in report
    assert Article.objects.values().get() == before
    assert not PublishedArticle.objects.exists()


def test_tags_that_differ_in_their_marks_stay_apart_and_lead_to_their_own(tmp_path, client):
    names = ["Hoa", "Hóa", "Hòa", "hoà", "#Hóa"]
    more = "".join(
        f'<category domain="post_tag" nicename="t{n}">{name}</category>' for n, name in enumerate(names)
    )
    bring(write(tmp_path, item(7, more=more)))
    page = PublishedArticle.objects.get()
    assert sorted(name for name, _slug in page.tag_names) == ["Hoa", "Hòa", "Hóa"]
    found = {n: OldAddress.objects.get(path=f"tag/t{n}").tag.name for n in range(len(names))}
    assert found == {0: "Hoa", 1: "Hóa", 2: "Hòa", 3: "Hòa", 4: "Hóa"}


def test_old_addresses_of_categories_and_tags_lead_to_ours(tmp_path, client):
    more = (
        '<category domain="category" nicename="tin-tuc">Tin tức</category>'
        '<category domain="post_tag" nicename="hoc-sinh">học sinh</category>'
    )
    bring(write(tmp_path, item(7, more=more)))
    assert client.get("/category/giao-duc/tin-tuc/")["Location"] == "/chuyen-muc/tin-tuc/"
    assert client.get("/category/tin-tuc/")["Location"] == "/chuyen-muc/tin-tuc/"
    assert client.get("/tag/hoc-sinh/")["Location"] == "/the/hoc-sinh/"
    assert client.get("/tag/khong-co/").status_code == 404


def test_the_old_address_of_a_withdrawn_story_leads_to_its_notice(tmp_path, client, managing_editor):
    bring(write(tmp_path, item(7)))
    withdraw(PublishedArticle.objects.get(), managing_editor)
    response = client.get("/2017/11/bai-7/", follow=True)
    assert (PublishedArticle.objects.get().state, response.status_code) == (PublicState.WITHDRAWN, 410)


def test_an_existing_section_is_used_whatever_its_accents(tmp_path):
    section = Section.objects.create(name="Tin Tức", slug="tin-moi")
    bring(write(tmp_path, item(7)))
    assert PublishedArticle.objects.get().section == section
    assert Section.objects.count() == 1


def test_photos_come_from_the_folder_through_the_darkroom(tmp_path, settings, client):
    settings.MEDIA_ROOT = tmp_path / "uploads-moi"
    folder = tmp_path / "wp-content" / "uploads" / "2017"
    folder.mkdir(parents=True)
    (folder / "co.jpg").write_bytes(image_bytes())
    (folder / "gia.jpg").write_bytes(b"<?php system('x');")
    content = (
        '<img class="wp-image-3" src="http://cu.example/wp-content/uploads/2017/co-300x200.jpg">\n\n'
        'Chữ.\n\n<img src="http://cu.example/wp-content/uploads/2017/gia.jpg">'
        '<img src="http://cu.example/wp-content/uploads/../../../../etc/passwd">'
    )
    path = write(
        tmp_path,
        item(7, content=content, more=meta("_thumbnail_id", "3")),
        attachment(3, "2017/co.jpg", caption="Lễ chào cờ", alt="Học sinh dưới cờ"),
    )
    report = bring(path, photos=tmp_path)
    page, photo = PublishedArticle.objects.get(), Photo.objects.get()
    assert (photo.caption, photo.alt_text) == ("Lễ chào cờ", "Học sinh dưới cờ")
    assert page.hero["caption"] == "Lễ chào cờ"
    assert PhotoExposure.objects.get().subject == f"article:{page.pk}"
    assert client.get(page.hero["src"]).status_code == 200
    assert "gia.jpg: Đây không phải ảnh" in report
    assert "etc/passwd" in report
    assert "1 ảnh đã dùng" in report


@pytest.mark.parametrize("name", ["co.jpg", "co-300x200.jpg", "CO-scaled.jpg"])
def test_the_old_address_of_a_picture_leads_to_the_photo_while_readers_may_see_it(
    tmp_path, settings, client, managing_editor, name
):
    settings.MEDIA_ROOT = tmp_path / "uploads-moi"
    folder = tmp_path / "2017"
    folder.mkdir()
    (folder / "co.jpg").write_bytes(image_bytes())
    content = '<img src="http://cu.example/wp-content/uploads/2017/co-300x200.jpg">\n\nChữ.'
    bring(write(tmp_path, item(7, content=content)), photos=tmp_path)
    page = PublishedArticle.objects.get()
    moved = client.get(f"/wp-content/uploads/2017/{name}")
    assert (moved.status_code, moved.headers["Location"]) == (301, page.hero["src"])
    assert client.get(page.hero["src"]).status_code == 200
    withdraw(page, managing_editor)
    assert client.get(f"/wp-content/uploads/2017/{name}").status_code == 404
    assert client.get("/wp-content/uploads/2017/khac.jpg").status_code == 404


def test_a_link_in_the_photo_folder_leads_nowhere_outside(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "uploads-moi"
    (tmp_path / "rieng.jpg").write_bytes(image_bytes())
    folder = tmp_path / "anh"
    folder.mkdir()
    (folder / "a.jpg").symlink_to(tmp_path / "rieng.jpg")
    content = 'Chữ. <img src="http://cu.example/wp-content/uploads/a.jpg">'
    bring(write(tmp_path, item(7, content=content)), photos=folder)
    assert not Photo.objects.exists()


def test_nothing_is_fetched_unless_the_machine_is_named(tmp_path, monkeypatch):
    def no_network(*args, **kwargs):
        raise AssertionError("the network was asked")

    monkeypatch.setattr("socket.getaddrinfo", no_network)
    content = 'Chữ. <img src="http://cu.example/wp-content/uploads/a.jpg">'
    assert "không lấy được" in bring(write(tmp_path, item(7, content=content)))


@pytest.mark.parametrize("username", ["ctv", "bientap", "quantri", "khong-co"])
def test_who_may_not_bring_stories_in_is_refused(
    tmp_path, username, collaborator, desk_editor, administrator
):
    with pytest.raises(CommandError, match="không giữ chức danh"):
        bring(write(tmp_path, item(7)), username=username)
    assert not Article.objects.exists()


def test_without_one_obvious_person_the_command_asks(tmp_path, province):
    make_user("thuky2", "managing_editor", province)
    with pytest.raises(CommandError, match="--as"):
        bring(write(tmp_path, item(7)))
    bring(write(tmp_path, item(7)), username="thuky2")
    assert ImportedStory.objects.get().brought_by.username == "thuky2"


def test_stories_of_a_school_go_to_the_school(tmp_path, school):
    bring(write(tmp_path, item(7)), unit=school.slug)
    assert PublishedArticle.objects.get().department == school


DAY = datetime.date(2025, 7, 1)
SUCCEEDED = RelationKind.SUCCESSION


@pytest.fixture
def merged(province):
    """“Trường cũ”, renamed in 2015, merged into “Trường mới” on 1 July 2025."""
    old = make_department("Trường THPT Cũ", parent=province, valid_until=DAY - datetime.timedelta(days=1))
    old.names.update(valid_until=datetime.date(2014, 12, 31), name="Trường Cấp 3 Cũ")
    old.names.create(name="Trường THPT Cũ", slug="truong-thpt-cu-2", valid_from=datetime.date(2015, 1, 1))
    new = make_department("Trường THPT Mới", parent=province, valid_from=DAY)
    make_relation(old, SUCCEEDED, new, valid_from=DAY, succession_kind="merge")
    return old, new


def belongs_to():
    pages = PublishedArticle.objects.order_by("published_at")
    return [(page.department.name, page.department_name) for page in pages]


ON_THREE_DAYS = ("2010-03-01 01:00:00", "2017-11-10 03:12:00", "2025-09-05 01:00:00")


@pytest.mark.parametrize("asked", [0, 1])
def test_a_story_belongs_to_the_unit_of_its_day_under_the_name_of_that_day(
    tmp_path, merged, asked, managing_editor
):
    path = write(tmp_path, *(item(n, date=day, modified=day) for n, day in enumerate(ON_THREE_DAYS, 7)))
    report = bring(path, unit=merged[asked].slug)
    assert belongs_to() == [
        ("Trường THPT Cũ", "Trường Cấp 3 Cũ"),
        ("Trường THPT Cũ", "Trường THPT Cũ"),
        ("Trường THPT Mới", "Trường THPT Mới"),
    ]
    assert "Đơn vị của bài, theo ngày đăng:" in report
    assert "  - Trường Cấp 3 Cũ: 1 bài" in report
    decision = ReviewDecision.objects.filter(revision__article__department=merged[0]).first()
    assert decision.capacity.startswith("Thư ký tòa soạn, Sở Giáo dục và Đào tạo")


def test_a_unit_is_named_by_a_former_address_or_its_code_though_it_has_closed(tmp_path, merged):
    for number, asked in enumerate(("truong-thpt-cu-2", merged[0].code), 7):
        bring(write(tmp_path, item(number)), unit=asked)
    assert belongs_to() == [("Trường THPT Cũ", "Trường THPT Cũ")] * 2


def test_where_two_units_were_merged_the_story_stays_with_the_one_asked_and_it_is_told(
    tmp_path, merged, province
):
    other = make_department("Trường THPT Kia", parent=province, valid_until=DAY - datetime.timedelta(days=1))
    make_relation(other, SUCCEEDED, merged[1], valid_from=DAY, succession_kind="merge")
    report = bring(write(tmp_path, item(7)), unit=merged[1].slug)
    assert belongs_to() == [("Trường THPT Mới", "Trường THPT Mới")]
    assert "Chưa rõ đơn vị nào viết" in report


def test_who_may_import_for_a_unit_may_for_those_it_followed_and_for_no_other(tmp_path, merged, province):
    new = merged[1]
    user = make_user("thuky-truong", "managing_editor", new)
    bring(write(tmp_path, item(7)), unit=new.slug, username="thuky-truong")
    assert belongs_to() == [("Trường THPT Cũ", "Trường THPT Cũ")]
    decision = ReviewDecision.objects.get()
    assert (decision.decided_by, "đơn vị kế thừa" in decision.capacity) == (user, True)
    parted = make_department("Trường THPT Tách", parent=province, valid_from=DAY)
    going_on = make_department("Trường THPT Gốc", parent=province)
    make_relation(going_on, SUCCEEDED, parted, valid_from=DAY, succession_kind="split")
    make_user("thuky-tach", "managing_editor", parted)
    with pytest.raises(CommandError, match="không giữ chức danh"):
        bring(write(tmp_path, item(8)), unit=going_on.slug, username="thuky-tach")
    bring(write(tmp_path, item(8)), unit=parted.slug, username="thuky-tach")
    assert belongs_to()[-1] == ("Trường THPT Tách", "Trường THPT Tách")


def test_photos_come_later_though_the_unit_has_another_name_today(tmp_path, folder, merged):
    content = f"Mở đầu.\n\n{PICTURE}\n\nKết."
    path = write(tmp_path, item(7, content=content, date=ON_THREE_DAYS[0]))
    bring(path, photos=folder, unit=merged[0].slug)
    (folder / "2017" / "co.jpg").write_bytes(image_bytes())
    assert "1 bài nhập từ lần trước nay thêm được ảnh" in bring(path, photos=folder, unit=merged[0].slug)
    page = PublishedArticle.objects.get()
    assert (page.hero is None, page.department_name) == (False, "Trường Cấp 3 Cũ")


def test_whoever_runs_the_import_answers_for_it_and_is_not_its_writer(tmp_path, managing_editor, client):
    bring(write(tmp_path, item(7), item(8, "Bản nháp cũ", status="draft")))
    article = Article.objects.get(title="Chào cờ đầu tuần")
    assert article.approved_revision.editor_ids == []
    assert not stories_of(managing_editor).exists()
    assert board(managing_editor)["year"]["sent"] == {"now": 0, "before": 0}
    assert still_to_take_back(managing_editor) == []
    year = year_of(managing_editor, 2017)
    assert [(line.name, line.published) for line in year.units] == [(str(article.department), 1)]
    assert year.writers == []
    labels = [line.label for line in entries(article)]
    assert "Nhập từ trang cũ" in labels
    assert not any(label.startswith("Gửi duyệt") for label in labels)


def test_names_under_a_story_are_those_the_old_site_showed(tmp_path):
    author = (
        "<wp:author><wp:author_login>{}</wp:author_login>"
        "<wp:author_display_name>{}</wp:author_display_name>{}"
    )
    authors = [
        author.format("minh", "minh", "<wp:author_first_name>Minh</wp:author_first_name>")
        + "<wp:author_last_name>Trần Văn</wp:author_last_name></wp:author>",
        author.format("gv01", "", "</wp:author>"),
    ]
    both = '<category domain="author" nicename="cap-{}">x</category>'
    items = [
        item(7, author="minh"),
        item(8, author="gv01"),
        item(9, more=both.format("lan") + both.format("co-hoa")),
        item(10, "Cô Hoa", type="guest-author", name="cap-co-hoa"),
    ]
    report = bring(write(tmp_path, *authors, *items))
    rows = PublishedArticle.objects.order_by("pk").values_list("bylines", flat=True)
    assert [[row["name"] for row in some] for some in rows] == [
        ["Trần Văn Minh"],
        [],
        ["Nguyễn Thị Lan", "Cô Hoa"],
    ]
    assert "tài khoản “gv01”" in report


def test_a_post_without_any_word_is_no_story_and_is_told(tmp_path):
    report = bring(write(tmp_path, item(7, "", content=" "), item(8, "Chỉ có tiêu đề", content="")))
    assert [article.title for article in Article.objects.all()] == ["Chỉ có tiêu đề"]
    assert "Bài trống nên không nhập (1)" in report


def test_a_long_title_is_cut_and_told(tmp_path):
    report = bring(write(tmp_path, item(7, "Hội nghị " * 40)))
    assert "Tiêu đề dài quá 200" in report
    assert len(PublishedArticle.objects.get().title) <= 200


def test_the_progress_is_told(tmp_path):
    assert re.search(r"2/2 bài, \d+(,\d)? bài/giây", bring(write(tmp_path, item(7), item(8))))


def test_the_progress_names_the_pictures(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "uploads-moi"
    for number in (1, 2, 3):
        (tmp_path / f"a{number}.jpg").write_bytes(image_bytes(color=(number, 0, 0)))
    image = '<img class="wp-image-{0}" src="http://cu.example/wp-content/uploads/a{0}-300x200.jpg">\n\nChữ.'
    path = write(
        tmp_path,
        item(7, content=image.format(1) + image.format(2), more=meta("_thumbnail_id", "1")),
        item(8, content=f"{image.format(2)}[gallery ids='3']"),
        *(attachment(number, f"a{number}.jpg") for number in (1, 2, 3)),
    )
    assert re.search(r"2/2 bài, 3/3 ảnh, \d+(,\d)? bài/giây", bring(path, photos=tmp_path))
    assert Photo.objects.count() == 3


def test_the_progress_counts_stories_that_are_told_not_posts_that_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr(carrying, "SECONDS", 0.0)
    told = bring(write(tmp_path, *(item(number) for number in range(7, 11))))
    assert re.findall(r"(\d)/4 bài", told)[:4] == ["1", "2", "3", "4"]


class Impatient(io.StringIO):
    """Somebody presses Ctrl+C as soon as the first story is in."""

    def write(self, words):
        if ImportedStory.objects.exists():
            raise KeyboardInterrupt
        return super().write(words)


def test_stopped_half_way_it_keeps_what_is_done_and_goes_on_next_time(tmp_path, monkeypatch):
    monkeypatch.setattr(carrying, "BATCH", 1)
    path = write(tmp_path, item(7), item(8), item(9))
    said = Impatient()
    monkeypatch.setattr(Impatient, "flush", lambda self: None)
    with pytest.raises((CommandError, KeyboardInterrupt)):
        call_command("import_wordpress", path, stdout=said)
    assert PublishedArticle.objects.live().count() == ImportedStory.objects.count() == 1
    bring(path)
    assert PublishedArticle.objects.live().count() == Article.objects.count() == 3


def test_many_stories_are_written_with_the_help_of_a_second_core(tmp_path, monkeypatch):
    monkeypatch.setattr(second_core, "WORTH_IT", 2)
    bring(write(tmp_path, item(7), item(8, content="<p>Đổi mới</p>")))
    assert sorted(PublishedArticle.objects.live().values_list("lead", flat=True)) == [
        "",
        "Sáng nay, nhà trường tổ chức lễ chào cờ.",
    ]


def test_many_batches_on_their_way_come_whole_and_in_order(tmp_path, monkeypatch, client):
    monkeypatch.setattr(carrying, "BATCH", 2)
    tag = '<category domain="post_tag" nicename="nhap"><![CDATA[chỉ ở bản nháp]]></category>'
    said = [{}, {}, {"status": "draft", "more": tag}, {}, {"status": "trash"}, {}, {}]
    told = bring(write(tmp_path, *(item(n, f"Bài {n}", **words) for n, words in enumerate(said, 1))))
    brought = ImportedStory.objects.order_by("pk").values_list("article__title", flat=True)
    assert list(brought) == [
        "Bài 1",
        "Bài 2",
        "Bài 4",
        "Bài 3",
        "Bài 6",
        "Bài 7",
    ]  # of a batch the public ones first
    assert PublishedArticle.objects.live().count() == 5
    assert "5 bài đã công khai" in told
    assert "1 bài vào bản nháp" in told
    assert OldAddress.objects.get(path="tag/nhap").tag.name == "chỉ ở bản nháp"
    assert client.get("/2017/11/bai-7/").status_code == 301


def test_a_pupil_who_does_not_agree_is_not_named(tmp_path, province, client):
    pupil = make_pupil("Trần Thị Bưởi", department=province, covers_name=False)
    text = "Mở đầu câu chuyện.\n\nEm Trần Thị Bưởi kể chuyện dưới cờ."
    bring(write(tmp_path, item(7, content=text)))
    page = PublishedArticle.objects.get()
    assert "Trần Thị Bưởi" not in client.get(page.get_absolute_url()).content.decode()
    assert list(page.pupils.all()) == [pupil]


def test_injected_links_and_struck_words_do_not_come_over_and_the_report_names_them(tmp_path):
    hidden = '<div style="display:none"><a href="https://xau.example/song-bai">sòng bài</a></div>'
    frame = '<iframe src="https://xau.example/khung" width="0" height="0"></iframe>'
    seen = "<p>Có <del>150</del> 200 m<sup>2</sup>, x<sup>a+b</sup>.</p>"
    content = f"<p>Chữ bạn đọc thấy.</p>{hidden}{frame}{seen}"
    report = bring(write(tmp_path, item(7, content=content)))
    page = PublishedArticle.objects.get()
    assert "xau.example" not in page.body + page.lead
    assert "200 m², x^(a+b)." in page.body + page.lead
    assert "150" not in page.body + page.lead
    assert "Chữ, liên kết bị ẩn ở trang cũ, không đưa sang (2)" in report
    assert "sòng bài <https://xau.example/song-bai>" in report
    assert "<https://xau.example/khung>" in report
    assert "Chữ bị gạch ngang ở trang cũ, không đưa sang (1)" in report
    assert "x^(a+b)" in report


@pytest.mark.parametrize(
    ("name", "said", "told"),
    [
        ("https-namespace", "<p>Nội dung bình thường.</p>", "1 bài đã công khai"),
        ("hidden-links", "<p>Chữ bạn đọc thấy.</p>\n<p>Hết.</p>", "sòng bài"),
        ("raised-figures", "<p>Diện tích 50 m², vi khuẩn 10⁵ tế bào, H₂O.</p>", "1 bài đã công khai"),
        ("struck-words", "<p>Có 200 đại biểu; lệ phí 0 đồng.</p>", "500.000 đồng"),
        (
            "old-font",
            "<p>Sở Giáo dục và Đào tạo tỉnh Đắk Lắk vừa tổ chức hội nghị tập huấn cho cộng tác viên.</p>",
            "1 bài đã công khai",
        ),
        (
            "mixed-editors",
            "<p>Khối một.</p>\n<p>Đoạn cổ điển thứ nhất.</p>\n<p>Đoạn cổ điển thứ hai.</p>",
            "1 bài đã công khai",
        ),
    ],
)
def test_a_case_of_an_old_site_comes_over_true(name, said, told):
    report = bring(case(f"wxr-{name}.xml"))
    page = PublishedArticle.objects.get()
    assert (page.lead, page.body) == ("Mở đầu của bài viết trên trang cũ.", said)
    assert [row["name"] for row in page.bylines] == ["Ban tin"]
    assert told in report
    assert "hãy xem lại" not in report


def test_words_that_did_not_come_over_are_named_with_their_post(tmp_path):
    content = "Mở đầu.\n\nCông thức tính điểm <math><mi>abc</mi></math>"
    report = bring(write(tmp_path, item(7, "Điểm thi", content=content), item(8)))
    assert "Bài có chữ, ảnh không đưa sang được, hãy xem lại (1)" in report
    assert "“abc” – Điểm thi – http://cu.example/2017/11/bai-7/" in report

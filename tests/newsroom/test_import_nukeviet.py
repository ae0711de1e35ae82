"""Stories come over from NukeViet once, with their addresses, and nothing private becomes public."""

import datetime
import gzip
import io

import pytest
from django.core.management import CommandError, call_command

from articles.bulk.old_site import carrying
from articles.enums import Status, Verdict
from articles.models import Article, ImportedStory, PublishedArticle, ReviewDecision, Section
from departments.enums import RelationKind
from media.models import PhotoExposure
from tests.articles.bulk.nukeviet.dump import create, dump, insert, story, write
from tests.factories.departments import make_department, make_relation
from tests.factories.media import image_bytes

pytestmark = pytest.mark.django_db

SITE = "https://cu.example"
SECRET = "chuoi-bi-mat-khong-duoc-lo"


def bring(path, **options):
    said = io.StringIO()
    call_command("import_nukeviet", path, stdout=said, **({"site": SITE} | options))
    return said.getvalue()


@pytest.fixture(autouse=True)
def office(managing_editor):
    return managing_editor


def extra_tables(module="nv4_vi_news"):
    tables = {
        "tags": (("tid", "alias", "title"), [(8, "hoc-sinh", "học sinh")]),
        "tags_id": (("id", "tid", "keyword"), [(12, 8, "học sinh")]),
        "topics": (("topicid", "title", "alias"), [(2, "Tết &quot;trồng cây&quot;", "tet-trong-cay")]),
        "sources": (("sourceid", "title", "link"), [(5, "Báo Đắk Lắk", "")]),
        "authorlist": (("id", "aid", "alias", "pseudonym"), [(12, 1, "h-hen", "H'Hen Niê")]),
    }
    return "".join(
        create(f"{module}_{name}", columns) + insert(f"{module}_{name}", rows)
        for name, (columns, rows) in tables.items()
    )


def test_a_public_story_is_whole_here_with_an_honest_record(tmp_path, client, managing_editor):
    body = (
        "<div>Đoạn một có <strong>chữ đậm</strong>.<br /><br />Đoạn hai;),('x\\y'<br />dòng nữa.</div>\r\n"
        '<p>Xem <a href="/vi/news/tin-tuc/bai-sau-13.html?x=1#muc">bài sau</a>.</p>'
        '<span style="display:none">chữ ẩn</span>'
    )
    said = {
        "title": "Thi &quot;Đố vui&quot; &amp; hát",
        "topicid": 2,
        "sourceid": 5,
        "files": "2019_05/ke hoach.pdf",
    }
    path = write(tmp_path, story(12, body, **said), story(13, alias="bai-sau"), more=extra_tables())
    report = bring(path)
    page = PublishedArticle.objects.get(title='Thi "Đố vui" & hát')
    after = PublishedArticle.objects.exclude(pk=page.pk).get()
    assert (page.section.name, page.lead) == ("Tin tức", "Học sinh kể chuyện.")
    assert sorted(name for name, _slug in page.tag_names) == ['Tết "trồng cây"', "học sinh", "Đoàn & Đội"]
    assert [row["name"] for row in page.bylines] == ["H'Hen Niê", "Nguyễn Thị Lan"]
    assert page.published_at.isoformat() == "2017-11-10T03:12:00+00:00"
    article = Article.objects.get(pk=page.pk)
    assert article.body.split("\n") == [
        "<p>Đoạn một có <strong>chữ đậm</strong>.</p>",
        "<p>Đoạn hai;),('x\\y'<br>dòng nữa.</p>",
        f'<p>Xem <a href="{after.get_absolute_url()}#muc">bài sau</a>.</p>',
        "<p>Nguồn: Báo Đắk Lắk</p>",
        f'<p><a href="{SITE}/uploads/news/2019_05/ke%20hoach.pdf">Tệp đính kèm: ke hoach.pdf</a></p>',
    ]
    for words in ("Chữ, liên kết bị ẩn", "chữ ẩn", "Tệp đính kèm còn ở trang cũ"):
        assert words in report
    decision = ReviewDecision.objects.get(revision__article=article)
    assert (decision.verdict, decision.decided_by) == (Verdict.IMPORTED, managing_editor)
    assert (
        "cu.example, bài số 12 (vi/news): https://cu.example/vi/news/tin-tuc/chao-co-12.html" in decision.note
    )
    assert client.get(page.get_absolute_url()).status_code == 200


def test_what_was_not_public_there_is_a_draft_here_and_says_why(tmp_path, client):
    cases = {
        "đã ngưng đăng": {"status": 0},
        "hẹn giờ": {"status": 2},
        "hết hạn đăng": {"exptime": 1600000000},
        "chưa duyệt": {"status": 5},
        "bị khóa": {"status": 21},
        "ngày ở phía trước": {"publtime": 4102444800},
        "dẫn thẳng sang": {"external_link": 1, "sourcetext": "https://khac.example/"},
        "chỉ cho thành viên": {"catid": 7},
        "đã đóng": {"catid": 9},
        "không có tiêu đề": {"title": ""},
    }
    categories = (
        (3, 0, "Tin tức", "tin-tuc", 1, "6"),
        (7, 3, "Nội bộ", "noi-bo", 1, "1,4"),
        (8, 0, "Cũ", "cu", 0, "6"),
        (9, 8, "Con", "con", 1, "6"),
    )
    stories = [
        story(20 + place, f"<p>Thân {SECRET}</p>", **({"title": f"Bài {SECRET}"} | said))
        for place, said in enumerate(cases.values())
    ]
    report = bring(write(tmp_path, *stories, categories=categories), report=tmp_path / "r.txt")
    told = (tmp_path / "r.txt").read_text()
    assert f"{len(cases)} bài vào bản nháp" in report
    assert [words for words in cases if words not in told] == []
    assert set(Article.objects.values_list("status", flat=True)) == {Status.DRAFTING}
    assert not PublishedArticle.objects.exists()
    for address in (
        "/",
        "/rss.xml",
        "/sitemap.xml",
        "/news/tin-tuc/chao-co-20.html",
        "/?nv=news&op=tin-tuc/a-20",
    ):
        response = client.get(address)
        assert response.status_code in (200, 404), address
        assert SECRET not in response.content.decode()


def test_old_addresses_lead_to_the_story_the_category_the_tag_and_the_feed(tmp_path, client):
    bring(write(tmp_path, story(12), story(13, alias="bai-12"), more=extra_tables()))
    page = PublishedArticle.objects.get(
        pk=ImportedStory.objects.get(origin="cu.example#vi/news/12").article_id
    )
    other = PublishedArticle.objects.exclude(pk=page.pk).get()
    section, tag = Section.objects.get(name="Tin tức"), "/the/hoc-sinh/"
    leads = {
        "/news/tin-tuc/chao-co-12.html": page.get_absolute_url(),
        "/vi/news/tin-tuc/chao-co-12.html": page.get_absolute_url(),
        "/VI/News/Tin-Tuc/Chao-Co-12.HTML?utm_source=zalo&x=1": page.get_absolute_url(),
        "/news/sai-muc/sai-ten-12.html": page.get_absolute_url(),
        "/news/tin-tuc/chao-co-12/": page.get_absolute_url(),
        "/tin-tuc/chao-co-12.html": page.get_absolute_url(),
        "/chao-co-12.html": page.get_absolute_url(),
        "/news/print/tin-tuc/chao-co-12.html": page.get_absolute_url(),
        "/vi/news/savefile/tin-tuc/chao-co-12.html": page.get_absolute_url(),
        "/news/tin-tuc/chao-co-12.html?download=1&id=0": page.get_absolute_url(),
        "/index.php?nv=news&op=tin-tuc/chao-co-12": page.get_absolute_url(),
        "/index.php?language=vi&nv=news&op=tin-tuc/chao-co-12.html": page.get_absolute_url(),
        "/?language=vi&nv=news&op=tin-tuc%2Fchao-co-12": page.get_absolute_url(),
        "/vi/?nv=news&op=tin-tuc/chao-co-12": page.get_absolute_url(),
        "/news/tin-tuc/bai-12-13.html": other.get_absolute_url(),
        "/news/tin-tuc/": section.get_absolute_url(),
        "/vi/news/tin-tuc/page-4/": section.get_absolute_url(),
        "/index.php?language=vi&nv=news&op=tin-tuc": section.get_absolute_url(),
        "/news/rss/tin-tuc/": f"{section.get_absolute_url()}rss.xml",
        "/vi/news/rss/tin-tuc": f"{section.get_absolute_url()}rss.xml",
        "/index.php?nv=news&op=rss/tin-tuc": f"{section.get_absolute_url()}rss.xml",
        "/news/tag/hoc-sinh/": tag,
    }
    found = {}
    for address in leads:
        answer = client.get(address)
        found[address] = answer.headers.get("Location") if answer.status_code == 301 else answer.status_code
    assert found == leads
    nowhere = (
        *("/news/tin-tuc/chao-co-99.html", "/en/news/tin-tuc/khac-12.html", "/khac/tin-tuc/khac-12.html"),
        *(
            "/index.php?nv=news%00&op=a-12",
            "/news/" + "x" * 3000 + "-12.html",
        ),
        "/index.php?nv=&op=-12",
    )
    assert {a: client.get(a).headers.get("Location") for a in nowhere} == dict.fromkeys(nowhere)


def test_again_nothing_is_doubled_and_an_interrupted_run_goes_on(tmp_path, monkeypatch):
    path = write(tmp_path, *(story(number, title=f"Bài {number}") for number in range(1, 8)))
    monkeypatch.setattr(carrying, "BATCH", 2)
    write_batch = carrying.Carrier._write

    def tired(self, batch):
        write_batch(self, batch)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(carrying.Carrier, "_write", tired)
        with pytest.raises(CommandError, match="làm tiếp"):
            bring(path)
    assert 0 < Article.objects.count() < 7
    bring(path)
    before = sorted(Article.objects.values_list())
    assert len(before) == 7
    assert "7 bài đã nhập từ lần trước" in bring(path)
    assert sorted(Article.objects.values_list()) == before


def test_a_rehearsal_tells_all_and_writes_nothing(tmp_path):
    path = write(tmp_path, story(12, '<p>Chữ</p><img src="/uploads/news/2017_11/co.jpg" />'))
    report = bring(path, dry_run=True)
    for words in ("1 bài đã công khai", "Ảnh trong bài không lấy được (1)", "chạy thử"):
        assert words in report
    assert not Article.objects.exists()
    assert not Section.objects.exists()


def test_pictures_come_from_the_copy_of_uploads_with_caption_and_old_address(tmp_path, client):
    folder = tmp_path / "uploads" / "news" / "2017_11"
    folder.mkdir(parents=True)
    (folder / "co.jpg").write_bytes(image_bytes())
    body = (
        '<table><tr><td><img src="/uploads/news/2017_11/co.jpg" alt="Sân trường" /></td></tr>'
        "<tr><td><em>Học sinh chào cờ</em></td></tr></table><p>Đoạn cuối bài.</p>"
    )
    report = bring(
        write(tmp_path, story(12, body), story(13, "<p>Mất ảnh.</p>", homeimgfile="2017_11/../../x.jpg")),
        photos=tmp_path / "uploads",
    )
    page = PublishedArticle.objects.get(
        pk=ImportedStory.objects.get(origin="cu.example#vi/news/12").article_id
    )
    body = Article.objects.get(pk=page.pk).body
    assert "<figcaption>Học sinh chào cờ</figcaption>" in body
    assert "<table>" not in body
    assert "Ảnh đại diện không lấy được" in report
    assert PhotoExposure.objects.exists()
    for address in ("/uploads/news/2017_11/co.jpg", "/assets/news/2017_11/co.jpg"):
        answer = client.get(address)
        assert (answer.status_code, "/uploads/" in answer.headers.get("Location", "")) == (301, True), address


def test_each_story_belongs_to_the_unit_of_its_day(tmp_path, province):
    day = datetime.date(2025, 7, 1)
    old = make_department("Trường THPT Cũ", parent=province, valid_until=day - datetime.timedelta(days=1))
    new = make_department("Trường THPT Mới", parent=province, valid_from=day)
    make_relation(old, RelationKind.SUCCESSION, new, valid_from=day, succession_kind="merge")
    bring(write(tmp_path, story(1), story(2, publtime=1760000000, alias="moi")), unit=new.slug)
    units = PublishedArticle.objects.order_by("published_at").values_list("department", flat=True)
    assert list(units) == [old.pk, new.pk]


def test_several_modules_and_languages_never_mix(tmp_path, client):
    text = dump(story(12, title="Tin"), module="nv4_vi_news") + dump(
        story(12, title="Thông báo", alias="thong-bao"), module="nv4_vi_thong_bao"
    )
    text += dump(story(12, title="News", alias="news"), module="nv4_en_news")
    path = tmp_path / "cu.sql.gz"
    path.write_bytes(gzip.compress(text.encode()))
    assert "en/news: 1 bài" in bring(path)
    bring(path, language="en")
    titles = {
        "/news/a/b-12.html": "Tin",
        "/thong-bao/a/b-12.html": "Thông báo",
        "/vi/news/a/b-12.html": "Tin",
        "/en/news/a/b-12.html": "News",
    }
    found = {}
    for address in titles:
        answer = client.get(address, follow=True)
        found[address] = PublishedArticle.objects.get(
            pk=int(answer.request["PATH_INFO"].strip("/").rsplit("-", 1)[1])
        ).title
    assert found == titles
    with pytest.raises(CommandError, match="vi/news, vi/thong-bao, en/news"):
        bring(path, module=["khong-co"])


def test_a_dump_that_is_none_is_refused_in_words(tmp_path):
    path = tmp_path / "a.sql"
    for text, words in (
        ("CREATE TABLE `wp_posts` (\n`ID` int\n);\nINSERT INTO wp_posts VALUES (1);", "wp_posts"),
        ("", "không bảng nào"),
        (dump(story(12)).replace("CREATE TABLE", "-- CREATE TABLE"), "CREATE TABLE"),
    ):
        path.write_text(text)
        with pytest.raises(CommandError, match=words):
            bring(path)
    with pytest.raises(CommandError, match="--site"):
        bring(write(tmp_path, story(12)), site="")
    assert not Article.objects.exists()

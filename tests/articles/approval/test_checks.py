"""The pre-flight list: what each rule finds and ignores, and how many queries it makes."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.approval import checks
from articles.approval.freezing import content_of
from articles.models import Article
from events.models import Delegate
from tests.budgets import PATIENCE, least_cpu
from tests.factories.articles import make_draft, make_published, withdraw
from tests.factories.awards import make_decision, make_seed_decision
from tests.factories.departments import make_department, make_person, make_position
from tests.factories.documents import make_document
from tests.factories.events import make_event
from tests.factories.media import make_photo


def findings(article, rule=None):
    article = Article.objects.get(pk=article.pk)
    found = checks.of_working_copy(article, content_of(article))
    return [one for one in found if not one.passed and rule in (None, one.rule)]


def told(article, rule):
    return [one.message for one in findings(article, rule)]


def with_body(by, *paragraphs, **words):
    return make_draft(by, body="".join(f"<p>{text}</p>" for text in paragraphs), **words)


def figure(photo, caption="Học sinh chào cờ", credit="Lan", alt="Sân trường sáng sớm"):
    return (
        f'<figure data-photo="{photo.pk}" data-credit="{credit}" data-alt="{alt}">'
        f"<figcaption>{caption}</figcaption></figure>"
    )


# --- required ----------------------------------------------------------------------------------------


def test_a_story_needs_its_parts(collaborator):
    article = make_draft(collaborator, title="", lead="", body="", section=None)
    found = findings(article)
    assert [(one.message, one.field, one.is_blocking) for one in found] == [
        ("Chưa có tiêu đề", "title", True),
        ("Chưa có sapo", "lead", True),
        ("Chưa có nội dung bài", "body", True),
        ("Chưa có chuyên mục", "section", True),
    ]


def test_a_papers_sign_typed_into_the_sapo_is_noticed(collaborator):
    typed = make_draft(collaborator, lead="GD&TĐ - Sở GD&ĐT vừa tổ chức hội nghị.")
    right = make_draft(collaborator, lead="Sở GD&ĐT vừa tổ chức hội nghị.", source_mark="GD&TĐ")
    assert told(typed, "typed_source_mark") == ["Sapo mở đầu bằng “GD&TĐ -”"]
    assert told(right, "typed_source_mark") == []


def test_a_photo_needs_its_words_and_says_which_photo(collaborator):
    photo = make_photo(department=collaborator.person.positions.first().department)
    article = make_draft(
        collaborator, body=figure(photo) + figure(photo, caption="", credit="", alt="") + "<p>Lời.</p>"
    )
    assert [(one.message, one.field, one.anchor) for one in findings(article, "figure_words")] == [
        ("Ảnh 2 chưa có chú thích", "figure-2", "body"),
        ("Ảnh 2 chưa có tác giả ảnh (Ảnh của)", "figure-2", "body"),
        ("Ảnh 2 chưa có mô tả", "figure-2", "body"),
    ]


def test_links_to_what_readers_cannot_open_block(collaborator, head, settings):
    settings.SITE_URL = "https://tin.vidu.example"
    live, gone = make_published(collaborator, head), make_published(collaborator, head)
    withdraw(gone, head)
    hidden = make_event(status="drafting")
    paper = make_document(status="drafting")
    good = [
        live.get_absolute_url(),
        make_event().get_absolute_url(),
        make_decision().get_absolute_url(),
        make_document().get_absolute_url(),
        head.person.positions.first().department.get_absolute_url(),
        "/van-ban/",
        "https://vnexpress.vidu.example/bai-viet/mat-1/",
        "mailto:a@vidu.example",
        "#muc",
    ]
    dead = [
        gone.get_absolute_url(),
        hidden.get_absolute_url(),
        f"{paper.get_absolute_url()}tep/",
        "/don-vi/khong-co/",
        "/khong-co-trang-nay/",
        "/admin/articles/article/1/change/",
        "https://tin.vidu.example/bai-viet/mat-999999/",
    ]
    article = with_body(collaborator, *(f'<a href="{link}">x</a>' for link in good + dead))
    found = findings(article, "dead_links")
    assert [one.said for one in found] == dead
    assert all(one.is_blocking for one in found)


def test_an_empty_heading_is_named(collaborator):
    content = content_of(make_draft(collaborator)) | {"body": "<h2>Mục</h2><p>Lời.</p><h2></h2>"}
    found = [one for one in checks.run_checks(content) if one.rule == "headings"]
    assert [(one.field, one.is_blocking) for one in found] == [("heading-2", True)]


# --- to look at ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "noticed"),
    [
        ("Sáng nay, nhà trường khai mạc hội thao.", ["“Sáng nay” chưa rõ là ngày nào"]),
        ("Hội thao khai mạc chiều qua tại sân trường.", ["“chiều qua” chưa rõ là ngày nào"]),
        ("Vừa qua, nhà trường tổ chức hội thao.", ["“Vừa qua” chưa rõ là ngày nào"]),
        ("Sáng nay (10/11), nhà trường khai mạc hội thao.", []),
        ("Ngày 10 tháng 11, hội thao khai mạc. Sáng nay đã có 4 trận.", []),
        ("Trong năm học vừa qua, trường có nhiều tiến bộ.", []),
        ("Thầy nói: “Sáng nay các em thi tốt lắm”.", []),
    ],
)
def test_a_day_without_a_date(collaborator, text, noticed):
    assert told(with_body(collaborator, text), "undated_day") == noticed


@pytest.mark.parametrize(
    ("text", "agrees"),
    [
        ("Sở đã trao giấy khen cho 2 tập thể và 5 cá nhân.", True),
        ("Sở đã trao giấy khen cho 02 tập thể, 05 cá nhân.", True),
        ("Sở đã trao giấy khen cho hai tập thể và năm cá nhân.", True),
        ("Hai (02) tập thể, năm cá nhân được khen thưởng.", True),
        ("Sở đã trao giấy khen cho 3 tập thể và 5 cá nhân.", False),
        ("Sở đã trao giấy khen cho hai tập thể và mười lăm cá nhân.", False),
    ],
)
def test_counts_are_compared_with_the_decision(collaborator, text, agrees):
    article = with_body(collaborator, text, commendation_decision=make_seed_decision(number="1247/QĐ-SGDĐT"))
    found = [
        one
        for one in checks.of_working_copy(article, content_of(article))
        if one.rule == "counts_match_the_decision"
    ]
    assert [one.passed for one in found] == [agrees]
    assert "2 tập thể và 5 cá nhân" in found[0].message
    assert "1247/QĐ-SGDĐT" in found[0].message


def test_other_counts_and_other_stories_are_left_alone(collaborator):
    decision = make_seed_decision()
    about = with_body(collaborator, "Có 12 cá nhân dự họp.", commendation_decision=decision)
    without = with_body(collaborator, "Khen thưởng 9 cá nhân.")
    assert told(about, "counts_match_the_decision") == []
    assert told(without, "counts_match_the_decision") == []


def test_giay_khen_given_needs_a_decision(collaborator):
    text = "Tại hội nghị, Sở GD&amp;ĐT đã trao giấy khen cho các thầy cô."
    assert len(told(with_body(collaborator, text), "given_without_decision")) == 1
    linked = with_body(collaborator, text, commendation_decision=make_decision())
    assert told(linked, "given_without_decision") == []


@pytest.mark.parametrize(
    ("text", "noticed"),
    [
        ("Giám đốc Sở GD&amp;ĐT đã trao bằng khen cho 5 giáo viên.", 1),
        ("Em nhận bằng khen của Sở GD&amp;ĐT.", 1),
        ("Giám đốc Sở GD&amp;ĐT trao bằng khen của Bộ GD&amp;ĐT cho 5 giáo viên.", 0),
        ("Sở GD&amp;ĐT đề nghị Chủ tịch UBND tỉnh tặng bằng khen cho em.", 0),
        ("Chủ tịch UBND tỉnh tặng bằng khen cho 5 giáo viên.", 0),
    ],
)
def test_a_so_gives_no_bang_khen(collaborator, text, noticed):
    assert len(told(with_body(collaborator, text), "office_gives_no_bang_khen")) == noticed


def test_a_title_is_read_as_of_the_events_day(collaborator, province):
    person = make_person("Lê Thị Thanh Xuân")
    until, since = datetime.date(2017, 12, 31), datetime.date(2018, 1, 1)
    make_position(person, province, title="Phó Giám đốc Sở GD&ĐT", valid_until=until)
    make_position(person, province, title="Giám đốc Sở GD&ĐT", valid_from=since)
    event = make_event(starts_at="10/11/2017 07:30")
    text = "Tại hội nghị, {} Sở GD&amp;ĐT Lê Thị Thanh Xuân phát biểu."
    right = with_body(collaborator, text.format("Phó Giám đốc"), event=event)
    wrong = with_body(collaborator, text.format("Giám đốc"), event=event)
    after = with_body(collaborator, "Dự lễ có bà Lê Thị Thanh Xuân, Chủ tịch Công đoàn ngành.", event=event)
    both = "Dự lễ có bà Lê Thị Thanh Xuân, Chủ tịch Công đoàn ngành - Phó Giám đốc Sở GD&amp;ĐT; lãnh đạo."
    assert told(right, "titles_of_people") == []
    assert told(wrong, "titles_of_people") == [
        "Bài ghi Lê Thị Thanh Xuân là Giám đốc; danh bạ hôm đó ghi Phó Giám đốc"
    ]
    assert len(told(after, "titles_of_people")) == 1
    assert told(with_body(collaborator, both, event=event), "titles_of_people") == []
    today = with_body(collaborator, text.format("Giám đốc"))
    assert told(today, "titles_of_people") == []


def test_a_guests_name_is_spelled_as_on_the_list(collaborator):
    event = make_event()
    Delegate.objects.create(event=event, name="H’Lan Byă", title="Phó Trưởng phòng")
    Delegate.objects.create(event=event, name="Nguyễn Thị Hòa")
    wrong = with_body(collaborator, "Dự hội nghị có bà H'Lan Byá và cô Nguyễn Thị Hoà.", event=event)
    assert told(wrong, "spelling_of_names") == ["Bài ghi “H'Lan Byá”; danh sách đại biểu ghi “H’Lan Byă”"]


def test_misspellings_but_not_names_places_or_foreign_words(collaborator):
    article = with_body(
        collaborator, "Học sinh trưòng Ea H’leo ở Đắk Lắk thi Robotics, HĐND tặng quà em Y Jăk Niê."
    )
    found = findings(article, "misspelled")
    assert [one.message for one in found] == ["“trưòng” có thể gõ sai"]
    assert "Học sinh trưòng" in found[0].hint


@pytest.mark.parametrize(
    ("text", "noticed"),
    [
        ("Phòng GD-ĐT và Sở GDĐT phối hợp.", ["GD-ĐT", "GDĐT"]),
        ("Sở GD &amp; ĐT", ["GD & ĐT"]),
        ("Sở GD&amp;ĐT ban hành Quyết định 1247/QĐ-SGDĐT, Kế hoạch 12/KH-GDĐT.", []),
        ("Sở GD&amp;ĐT Daklak", ["Daklak"]),
    ],
)
def test_unit_names_in_house_style(collaborator, text, noticed):
    assert [one.said for one in findings(with_body(collaborator, text), "abbreviations")] == noticed


def test_a_closed_unit_in_a_story_of_today(collaborator):
    closed_on = datetime.date(2025, 6, 30)
    make_department("Phòng GD&ĐT huyện Krông Pắc", valid_until=closed_on)
    make_department("Trường THPT Lê Lợi", valid_until=closed_on)
    make_department("Trường THPT Lê Lợi", valid_from=datetime.date(2025, 7, 1))
    now = with_body(collaborator, "Phòng GD&amp;ĐT huyện Krông Pắc và Trường THPT Lê Lợi dự họp.")
    said = with_body(collaborator, "Phòng GD&amp;ĐT huyện Krông Pắc (cũ) từng dự họp.")
    then = with_body(
        collaborator,
        "Phòng GD&amp;ĐT huyện Krông Pắc dự họp.",
        event=make_event(starts_at="10/11/2017 07:30"),
    )
    assert told(now, "closed_units") == ["Phòng GD&ĐT huyện Krông Pắc đã kết thúc hoạt động"]
    assert told(said, "closed_units") == told(then, "closed_units") == []


@pytest.mark.parametrize(
    ("text", "rule", "noticed"),
    [
        ("Số căn cước 066201001234 của em.", "identity_numbers", 1),
        ("Kinh phí 123.456.789.000 đồng.", "identity_numbers", 0),
        ("Liên hệ cô Lan, 0912 345 678.", "phone_numbers", 1),
        ("Trường có 0,9 nghìn chỗ, điện thoại (0262) 3812345.", "phone_numbers", 0),
        ("Em Nguyễn Văn An, con hộ nghèo, vượt khó học giỏi.", "pupils_in_hardship", 1),
        ("Học bổng trao em Nguyễn Văn An, thuộc hộ nghèo của xã.", "pupils_in_hardship", 1),
        ("Trường tặng quà học sinh khuyết tật, mồ côi.", "pupils_in_hardship", 0),
        ("Nhiều em ở hộ nghèo được tặng xe đạp.", "pupils_in_hardship", 0),
    ],
)
def test_personal_data(collaborator, text, rule, noticed):
    assert len(told(with_body(collaborator, text), rule)) == noticed


def test_a_caption_pasted_twice(collaborator):
    photo = make_photo(department=collaborator.person.positions.first().department)
    twice = make_draft(collaborator, body=figure(photo, "Toàn cảnh hội nghị") + "<p>Toàn cảnh  hội nghị</p>")
    copied = make_draft(collaborator, body=figure(photo, "Toàn cảnh", alt="Toàn cảnh") + "<p>Lời.</p>")
    once = make_draft(collaborator, body=figure(photo, "Toàn cảnh hội nghị") + "<p>Lời.</p>")
    assert len(told(twice, "doubled_captions")) == len(told(copied, "doubled_captions")) == 1
    assert told(once, "doubled_captions") == []


def test_a_photo_readers_have_just_seen(collaborator, head):
    photo = make_photo(department=collaborator.person.positions.first().department)
    page = make_published(collaborator, head, title="Bài cũ", body=figure(photo) + "<p>Lời.</p>")
    article = make_draft(collaborator, body=figure(photo) + "<p>Lời.</p>")
    assert told(article, "photo_seen_lately") == ["Ảnh 1 vừa đăng trong bài “Bài cũ”"]
    assert told(Article.objects.get(pk=page.pk), "photo_seen_lately") == []
    page.published_at = timezone.now() - datetime.timedelta(days=100)
    page.save()
    assert told(article, "photo_seen_lately") == []


def test_the_same_title_this_month_without_telling_of_others_drafts(collaborator, other_collaborator, head):
    mine = make_draft(collaborator, title="Khai giảng năm học mới")
    theirs = make_draft(other_collaborator, title="Khai giảng năm học mới")
    assert told(mine, "same_title") == told(theirs, "same_title") == []
    second = make_draft(collaborator, title="KHAI GIẢNG năm học mới")
    assert len(told(second, "same_title")) == 1
    make_published(collaborator, head, title="Khai giảng năm học mới")
    assert len(told(theirs, "same_title")) == 1


# --- the list as a whole ------------------------------------------------------------------------------------


def test_every_rule_has_its_own_name_and_every_place_can_be_gone_to(collaborator):
    boxes = {"title", "lead", "body", "section", "event", "commendation_decision", "bylines"}
    article = make_draft(
        collaborator, title="A" * 95, lead="B" * 310, body="<p>Sáng nay GDĐT trưòng</p>", kind="conference"
    )
    found = findings(article)
    assert len(found) == 6
    assert all(one.anchor in boxes for one in found)
    assert len({one.key for one in found}) == len(found)


def test_the_list_costs_the_same_for_a_short_and_a_long_story(collaborator):
    photo = make_photo(department=collaborator.person.positions.first().department)
    event, decision = make_event(), make_seed_decision()
    part = (
        figure(photo)
        + "<p>Giám đốc Sở Trần Văn Minh trao giấy khen cho 2 tập thể.</p>"
        + f'<p><a href="{event.get_absolute_url()}">x</a> <a href="/don-vi/a/">y</a></p>'
    )
    costs = []
    for times in (1, 30):
        article = make_draft(collaborator, body=part * times, event=event, commendation_decision=decision)
        content = content_of(article)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            checks.of_working_copy(article, content)
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 18


def test_findings_go_down_the_page_and_lead_the_head_to_the_words(collaborator):
    article = make_draft(
        collaborator, title="Họp GDĐT", lead="Họp GD-ĐT.", body="<p>Sáng nay, trưòng họp ở Sở.</p>"
    )
    found = findings(article)
    assert [one.field for one in found] == ["title", "lead", "body", "body"]
    assert found[1].words_link == ":~:text=GD%2D%C4%90T"
    assert " " not in found[2].words_link


@pytest.mark.parametrize(
    "piece",
    [
        "“", '"', "một ", "khen một ", "Sở GD ", "Trao Giấy Khen ", "em A B C ", "0912345678 ", "1.", "H’",
        "Giám đốc ", "sáng nay ", "GD - ", "tập thể khen ", "( ", "đươc", "được a a a a a a a a a ",
    ],
)  # fmt: skip
def test_a_hostile_text_costs_no_more_than_another(collaborator, piece):
    content = content_of(make_draft(collaborator))
    content["body"] = f"<p>{piece * (100_000 // len(piece))}</p>"
    assert least_cpu(lambda: checks.run_checks(content), 1) < PATIENCE


def test_many_links_and_photos_are_asked_for_together(collaborator):
    content = content_of(make_draft(collaborator))
    content["body"] = "".join(
        f'<p><a href="/bai-viet/x-{number}/">a</a> <a href="/su-kien/x{number}/">b</a></p>'
        for number in range(1, 1200)
    )
    with CaptureQueriesContext(connection) as queries:
        found = [one for one in checks.run_checks(content) if one.rule == "dead_links"]
    assert len(found) == 2 * 1199
    assert len(queries) < 12


def test_the_same_words_are_told_of_once(collaborator):
    article = with_body(collaborator, "Gọi 0912345678, hoặc 0912345678.", "Gọi 0912345678.")
    assert len(findings(article, "phone_numbers")) == 1

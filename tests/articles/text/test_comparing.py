"""The comparison for head and writer: every changed word, with its place."""

import time

import pytest

from articles.approval.freezing import content_of
from articles.text.comparing import compare, words_between
from tests.factories.articles import make_draft, make_section

FIGURE = '<figure data-photo="9" data-credit="Lan" data-alt="Cờ"><figcaption>Lễ chào cờ</figcaption></figure>'


def content(**changed):
    base = {
        "kind": "activity",
        "title": "Tiêu đề",
        "lead": "Sapo",
        "source_mark": "",
        "slug": "tieu-de",
        "body": "<p>Đoạn một.</p><p>Đoạn hai.</p>",
        "section": {"id": 1, "name": "Tin ngành"},
        "department": {"id": 1, "name": "Trường A"},
        "event": None,
        "commendation_decision": None,
        "bylines": [{"name": "Lan", "role": "text", "department_name": "Trường A"}],
        "tags": ["Thi đua"],
    }
    return base | changed


def said(old, new):
    return [(d.place, "".join(f"[{p.kind}:{p.text}]" for p in d.pieces), d.note) for d in compare(old, new)]


def test_equal_contents_have_no_difference():
    assert compare(content(), content()) == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"title": "Tiêu đề mới"}, [("Tiêu đề", "[same:Tiêu đề ][in:mới]", "")]),
        (
            {"section": {"id": 2, "name": "Dạy và học"}},
            [("Chuyên mục", "[out:Tin ngành][in:Dạy và học]", "")],
        ),
        ({"event": {"id": 1, "name": "Hội nghị"}}, [("Sự kiện", "[in:Hội nghị]", "")]),
        ({"tags": []}, [("Thẻ", "[out:Thi đua]", "")]),
        ({"bylines": []}, [("Người viết", "[out:Bài: Lan (Trường A)]", "")]),
        ({"slug": "khac"}, [("Địa chỉ trang", "[out:tieu-de][in:khac]", "")]),
        ({"body": "<p>Đoạn một.</p><p>Đoạn hai rất mới.</p>"}, None),
        ({"body": "<p>Đoạn một.</p>"}, [("Đoạn 2", "[out:Đoạn hai.]", "đã bỏ")]),
        (
            {"body": "<p>Đoạn một.</p><p>Thêm câu khác hẳn ở giữa.</p><p>Đoạn hai.</p>"},
            [("Đoạn 2", "[in:Thêm câu khác hẳn ở giữa.]", "mới thêm")],
        ),
        ({"body": "<p>Đoạn hai.</p><p>Đoạn một.</p>"}, None),
        (
            {"body": "<p>Đoạn <strong>một.</strong></p><p>Đoạn hai.</p>"},
            [("Đoạn 1", "[same:Đoạn một.]", "đổi kiểu chữ")],
        ),
        (
            {"body": f"<p>Đoạn một.</p>{FIGURE}<p>Đoạn hai.</p>"},
            [("Ảnh 1", "[in:Lễ chào cờ]", "mới thêm")],
        ),
    ],
)
def test_each_kind_of_change_is_named(changed, expected):
    found = said(content(), content(**changed))
    if expected is None:
        assert found
    else:
        assert found == expected


def test_words_in_and_out_with_what_stands_around():
    old = content(body="<p>Có đông đảo cán bộ dự hội nghị.</p>")
    new = content(body="<p>Có gần 200 cán bộ dự hội nghị.</p>")
    assert said(old, new) == [
        ("Đoạn 1", "[same:Có ][out:đông đảo ][in:gần 200 ][same:cán bộ dự hội nghị.]", "")
    ]


def test_the_words_of_a_picture():
    old, new = (
        content(body=FIGURE),
        content(body=FIGURE.replace("Lễ chào cờ", "Lễ khai giảng").replace("Lan", "Minh")),
    )
    assert [place for place, *_ in said(old, new)] == ["Ảnh 1, chú thích", "Ảnh 1, ảnh của"]


def test_a_link_that_leads_elsewhere():
    old = content(body='<p>Xem <a href="/a/">đây</a>.</p>')
    new = content(body='<p>Xem <a href="/b/">đây</a>.</p>')
    assert said(old, new) == [("Đoạn 1, đường dẫn", "[out:/a/][in:/b/]", "")]


def test_a_moved_paragraph_is_said_once():
    old = content(body="<p>Đoạn một.</p><p>Đoạn hai.</p><p>Đoạn ba.</p>")
    new = content(body="<p>Đoạn hai.</p><p>Đoạn ba.</p><p>Đoạn một.</p>")
    assert [note for *_, note in said(old, new)] == ["chuyển chỗ"]


TWO = content(body="<p>Câu này đứng hai lần.</p><p>Câu này đứng hai lần.</p>")
ONE = content(body="<p>Câu này đứng hai lần.</p>")


def test_one_of_two_equal_paragraphs_does_not_hide_the_other():
    assert said(TWO, ONE) == [("Đoạn 2", "[out:Câu này đứng hai lần.]", "đã bỏ")]
    assert said(ONE, TWO) == [("Đoạn 2", "[in:Câu này đứng hai lần.]", "mới thêm")]


def test_what_moved_and_changed_is_said_both_ways():
    moved = FIGURE.replace("Lễ chào cờ", "Lễ khai giảng")
    old = content(body=f"{FIGURE}<p>Đoạn một.</p><p>Đoạn hai.</p>")
    new = content(body=f"<p>Đoạn một.</p><p>Đoạn hai.</p>{moved}")
    found = said(old, new)
    assert ("Ảnh 1", "[same:Lễ khai giảng]", "chuyển chỗ") in found
    assert "Ảnh 1, chú thích" in [place for place, *_ in found]


def test_kind_and_part_of_a_byline():
    changed = content(
        kind="notice", bylines=[{"name": "Lan", "role": "photo", "department_name": "Trường A"}]
    )
    assert [place for place, *_ in said(content(), changed)] == ["Thể loại", "Người viết"]


def test_a_story_written_anew_is_compared_quickly():
    old = content(body="".join(f"<p>{' '.join(f'cũ{n}{m}' for m in range(12))}</p>" for n in range(250)))
    new = content(body="".join(f"<p>{' '.join(f'mới{n}{m}' for m in range(12))}</p>" for n in range(250)))
    begun = time.process_time()
    assert compare(old, new)
    assert time.process_time() - begun < 2  # seconds of a core shared with other tests


def test_long_unchanged_stretches_are_cut():
    words = " ".join(f"chữ{n}" for n in range(60))
    (first, *_rest) = words_between(f"{words} cũ", f"{words} mới")
    assert first.text.startswith("… ")
    assert first.text.split()[-1] == "chữ59"


def test_a_long_story_is_compared_quickly():
    lines = [f"Câu số {n} của một bài dài có mười hai chữ trong mỗi dòng." for n in range(250)]
    old = content(body="".join(f"<p>{line}</p>" for line in lines))
    new = content(
        body="".join(
            f"<p>{line.replace('dài', 'rất dài') if n % 5 == 0 else line}</p>" for n, line in enumerate(lines)
        )
    )
    begun = time.process_time()
    assert len(compare(old, new)) == 50
    assert time.process_time() - begun < 0.5


@pytest.mark.django_db
def test_it_reads_what_freezing_writes(collaborator):
    draft = make_draft(collaborator, title="Một", section=make_section())
    before = content_of(draft)
    draft.title = "Hai"
    assert [d.place for d in compare(before, content_of(draft))] == ["Tiêu đề"]

"""Commented words are found in the next text, whatever changed around them."""

import pytest

from articles.text.anchoring import Text, Trail, anchor_in
from tests.articles.text.test_comparing import content

ONE = "Sáng 20/11, nhà trường tổ chức lễ mít tinh. Gần 200 thầy cô về dự. Lễ kết thúc lúc 9 giờ."
TWO = "Em Lan được tặng giấy khen vì thành tích học tập trong năm học vừa qua."
CAPTION = "<figcaption>Lễ chào cờ ở sân</figcaption>"
PHOTO = f'<figure data-photo="9" data-credit="Lan" data-alt="Cờ">{CAPTION}</figure>'


def paragraphs(*texts):
    return {"body": "".join(text if text.startswith("<") else f"<p>{text}</p>" for text in texts)}


def follow(old, new, key, quote=""):
    old, new = content(**old), content(**new)
    now = Trail(old, new).follow(anchor_in(old, key, quote))
    return str(now.outcome), now.label, now.words


@pytest.mark.parametrize(
    ("key", "quote", "new", "expected"),
    [
        # the very words, wherever they stand
        ("0.1", "", (ONE, TWO), ("same", "Đoạn 1", "Gần 200 thầy cô về dự.")),
        ("0.1", "", ("Mở đầu khác hẳn, viết thêm.", ONE, TWO), ("same", "Đoạn 2", "Gần 200 thầy cô về dự.")),
        ("0.1", "", (TWO, ONE), ("same", "Đoạn 2", "Gần 200 thầy cô về dự.")),
        ("0.1", "", (ONE.replace("9 giờ", "10 giờ 30"), TWO), ("same", "Đoạn 1", "Gần 200 thầy cô về dự.")),
        (
            "0.1",
            "",
            (
                "Gần 200 thầy cô về dự. Sáng 20/11, nhà trường tổ chức lễ mít tinh. Lễ kết thúc lúc 9 giờ.",
                TWO,
            ),
            ("same", "Đoạn 1", "Gần 200 thầy cô về dự."),
        ),
        # changed: the whole sentence that stands there now
        (
            "0.1",
            "",
            (ONE.replace("Gần 200 thầy cô", "187 thầy giáo, cô giáo"), TWO),
            ("changed", "Đoạn 1", "187 thầy giáo, cô giáo về dự."),
        ),
        # changed: only what was marked
        ("0", "200", (ONE.replace("200", "187"), TWO), ("changed", "Đoạn 1", "187")),
        ("0", "Gần 200 thầy", (ONE.replace("Gần 200", "Có 187"), TWO), ("changed", "Đoạn 1", "Có 187 thầy")),
        # the sentence went into a paragraph of its own, and was mended there
        (
            "1",
            "",
            (ONE, "Đoạn chen giữa, chẳng liên quan.", TWO.replace("vì thành tích", "nhờ thành tích")),
            ("changed", "Đoạn 3", TWO.replace("vì thành tích", "nhờ thành tích")),
        ),
        # gone
        ("0.1", "", (ONE.replace("Gần 200 thầy cô về dự. ", ""), TWO), ("gone", "Đoạn 1", "")),
        ("1", "", (ONE,), ("gone", "Đoạn 2", "")),
    ],
)
def test_a_sentence_is_followed(key, quote, new, expected):
    assert follow(paragraphs(ONE, TWO), paragraphs(*new), key, quote) == expected


def test_a_sentence_that_was_taken_out_leaves_no_mark_on_a_little_word():
    old = "Theo báo cáo Viết lúc mất mạng ạ. Phòng, 12 trường đã tập huấn."
    new = "Theo báo cáo của Phòng, 12 trường đã tập huấn."
    assert follow(paragraphs(old), paragraphs(new), "0", "Viết lúc mất mạng ạ.") == ("gone", "Đoạn 1", "")


def test_title_and_lead_are_followed():
    assert follow({"title": "Lễ 20/11"}, {"title": "Lễ kỷ niệm 20/11"}, "title") == (
        "changed",
        "Tiêu đề",
        "Lễ kỷ niệm 20/11",
    )
    assert follow({"lead": ONE}, {"lead": ONE}, "lead", "Gần 200 thầy cô về dự.")[0] == "same"
    assert follow({"lead": ONE}, {"lead": ""}, "lead", "Gần 200 thầy cô về dự.")[0] == "gone"


def test_a_photo_is_followed_by_what_it_is():
    old = paragraphs(PHOTO, ONE)
    assert follow(old, paragraphs(ONE, PHOTO), "0") == ("same", "Ảnh 1", "Lễ chào cờ ở sân")
    recaptioned = PHOTO.replace("ở sân", "sáng thứ Hai")
    assert follow(old, paragraphs(ONE, recaptioned), "0") == ("changed", "Ảnh 1", "Lễ chào cờ sáng thứ Hai")
    assert follow(old, paragraphs(PHOTO.replace('"9"', '"10"'), ONE), "0")[0] == "gone"


def test_of_two_like_words_the_commented_one_is_followed():
    old = "Có 200 em nam. Có 200 em nữ."
    new = "Có 200 em nam. Có 187 em nữ."
    trail = Trail(content(**paragraphs(old)), content(**paragraphs(new)))
    for before, expected in {"Có": "same", "Có 200 em nam. Có": "changed"}.items():
        quoted = anchor_in(content(**paragraphs(old)), "0", "200", before)
        assert (quoted.quote, trail.follow(quoted).outcome) == ("200", expected)


def test_a_selection_by_finger_takes_whole_words():
    anchor = anchor_in(content(**paragraphs(ONE)), "0", "ần 200 thầ")
    assert (anchor.quote, anchor.before[-4:], anchor.after[:3]) == ("Gần 200 thầy", "inh. "[-4:], " cô")


@pytest.mark.parametrize("key", ["", "9", "0.9", "body", "-1", "0.", "0.1.2", "٣", "title.1", "9" * 30])
def test_a_place_that_is_not_there_is_no_anchor(key):
    assert anchor_in(content(**paragraphs(ONE)), key) is None


def test_words_not_in_the_part_give_the_part():
    assert anchor_in(content(**paragraphs(ONE)), "0", "chữ của bài khác").quote == ONE


def test_a_name_shown_as_initials_is_led_back_to_the_words():
    stored = content(**paragraphs("Em Nguyễn Thị Lan đạt giải Nhất. Thầy Minh chúc mừng."))
    shown = content(**paragraphs("Em N.T.L đạt giải Nhất. Thầy Minh chúc mừng."))
    anchor = anchor_in(stored, "0", "Em N.T.L đạt giải Nhất.", shown=shown)
    assert anchor.quote == "Em Nguyễn Thị Lan đạt giải Nhất."


def test_every_part_can_be_chosen_without_a_mouse():
    text = Text(content(**paragraphs(PHOTO, ONE, "<ul><li>Một mục</li><li>Mục hai</li></ul>")))
    found = [(p.key, p.label, len(p.sentences)) for p in text.passages()]
    assert found == [
        ("title", "Tiêu đề", 0),
        ("lead", "Sapo", 0),
        ("0", "Ảnh 1", 0),
        ("1", "Đoạn 1", 3),
        ("2", "Danh sách", 0),
    ]
    content_ = text.content
    for passage in text.passages():
        for key, words in [(passage.key, passage.text), *passage.sentences]:
            assert anchor_in(content_, key).quote == words

"""What stands around a brought-in story goes where it belongs; the letter's head is set aside, not lost."""

import pytest

from articles.text.head import take_head

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập – Tự do – Hạnh phúc"
TABLE = (
    "<table><tbody><tr><td>SỞ GD&amp;ĐT ĐẮK LẮK<br>TRƯỜNG THPT CHU VĂN AN<br>Số: 12/TB-CVA</td>"
    f"<td>{MOTTO}<br><em>Buôn Ma Thuột, ngày 20 tháng 11 năm 2025</em></td></tr></tbody></table>"
)
LINES = (
    "<p>UBND HUYỆN KRÔNG ANA CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM</p><p>Độc lập - Tự do - Hạnh phúc</p>"
    "<p>––––––</p><p>Số: …/BC-THCS</p><p><em>Krông Ana, ngày … tháng … năm 2025</em></p>"
)
APART = f"<p>PHÒNG GD&amp;ĐT</p><p><strong>TRƯỜNG TIỂU HỌC LÊ LỢI</strong></p><p>{MOTTO}</p>"


@pytest.mark.parametrize("head", [TABLE, LINES, APART])
def test_the_head_of_a_letter_is_set_aside_whole(head):
    found = take_head(f"{head}<p><strong>Ngày hội đọc sách</strong></p><p>Lời đầu.</p>")
    assert (found.title, found.body) == ("Ngày hội đọc sách", "<p>Lời đầu.</p>")
    for words in ("Độc lập", "CHỦ NGHĨA VIỆT NAM"):
        assert words in found.letterhead


@pytest.mark.parametrize(
    "body",
    [
        "<p>Học sinh học về Cộng hòa xã hội chủ nghĩa Việt Nam trong tiết Lịch sử.</p><p>Lời.</p>",
        f"<p>Lời mở đầu của bài.</p>{TABLE}<p>Lời.</p>",
        "<table><tbody><tr><td>Lớp</td><td>Số: 12/15 em</td></tr></tbody></table><p>Lời.</p>",
    ],
)
def test_what_only_looks_like_it_stays(body):
    assert take_head(body).letterhead == ""
    assert take_head(body).body == body


END_TABLE = (
    "<table><tbody><tr><td><em>Nơi nhận:</em><br>- Như trên;<br>- Lưu: VT, CM.</td>"
    "<td>KT. HIỆU TRƯỞNG<br>PHÓ HIỆU TRƯỞNG<br>(Đã ký)<br>Trần Văn Minh</td></tr></tbody></table>"
)
END_LINES = (
    "<p>Nơi nhận:</p><ul><li>Như trên;</li><li>Lưu: VT.</li></ul><p>HIỆU TRƯỞNG</p><p>ThS. H’Lan Byă</p>"
)
END_SIGNED = "<p>Buôn Ma Thuột, ngày 20 tháng 11 năm 2026</p><p>TM. BAN TỔ CHỨC</p><p>Y Wăn Byă</p>"


@pytest.mark.parametrize("end", [END_TABLE, END_LINES, "<p>HIỆU TRƯỞNG</p><p>Lê Thị Hoa</p>"])
@pytest.mark.parametrize("below", ["", "<p>Tin, ảnh: Trần Lan</p>"])
def test_the_end_of_a_letter_is_set_aside_whole(end, below):
    found = take_head(f"<p>Lời đầu.</p><p>Lời Cuối Bài</p>{end}{below}")
    assert (found.body, found.letter_end) == ("<p>Lời đầu.</p><p>Lời Cuối Bài</p>", end)
    assert [one.name for one in found.signatures] == (["Trần Lan"] if below else [])


def test_the_day_above_a_signature_goes_with_it():
    assert take_head(f"<p>Lời đầu.</p>{END_SIGNED}").body == "<p>Lời đầu.</p>"


def test_footnotes_below_the_end_of_a_letter_stay():
    notes = "<ol><li>Theo Thông tư 22.</li></ol>"
    found = take_head(f"<p>Lời[1].</p>{END_TABLE}{notes}")
    assert (found.body, found.letter_end) == (f"<p>Lời[1].</p>{notes}", END_TABLE)


@pytest.mark.parametrize(
    "end",
    [
        "<p>Nơi nhận: phòng Công tác học sinh, từ ngày 5 tháng 9 đến hết tháng 10, trong giờ hành chính "
        "của các trường trên địa bàn tỉnh.</p>",
        "<p>HIỆU TRƯỞNG</p><p>Hôm nay cô trò cùng về thăm lại trường cũ sau hai mươi năm.</p>",
        "<table><tbody><tr><td>Trần Lan</td><td>Hiệu trưởng</td></tr></tbody></table>",
        "<p>Trần Văn Minh</p>",
    ],
)
def test_what_only_looks_like_the_end_of_a_letter_stays(end):
    body = f"<p>Lời đầu.</p>{end}"
    assert (take_head(body).body, take_head(body).letter_end) == (body, "")


@pytest.mark.parametrize(
    ("line", "signatures", "credit"),
    [
        ("Tin, ảnh: Nguyễn Văn A", [("Nguyễn Văn A", "text_and_photo")], "Nguyễn Văn A"),
        ("<em>Bài và ảnh: Trần Lan</em>", [("Trần Lan", "text_and_photo")], "Trần Lan"),
        ("Tin: Trần Lan", [("Trần Lan", "text")], ""),
        ("Ảnh: Lê Hoa", [("Lê Hoa", "photo")], "Lê Hoa"),
        ("Bài: Trần Lan, Lê Hoa", [("Trần Lan", "text"), ("Lê Hoa", "text")], ""),
        ("Bài học: sáng tạo trong dạy học", [], ""),
        ("Tin vui: 12 em đạt giải", [], ""),
        ("Ảnh: lớp học buổi sáng", [], ""),
    ],
)
def test_lines_that_sign_become_names(line, signatures, credit):
    found = take_head(f"<p>Một.</p>\n<p>Hai.</p>\n<p>Ba.</p>\n<p>Bốn.</p>\n<p>{line}</p>")
    assert [tuple(signature) for signature in found.signatures] == signatures
    assert found.credit == credit
    assert (line in found.body) == (not signatures)


def test_one_credit_in_a_caption_is_proposed_for_all():
    figure = '<figure data-photo="{}"{}><figcaption>Lễ</figcaption></figure>'
    one = figure.format(1, ' data-credit="H.N."') + figure.format(2, "")
    assert take_head(f"<p>Lời.</p>{one}").credit == "H.N."
    two = figure.format(1, ' data-credit="H.N."') + figure.format(2, ' data-credit="T.A."')
    assert take_head(f"<p>Lời.</p>{two}").credit == ""


def test_a_title_in_capitals_over_two_lines_is_one_and_is_offered_as_a_sentence():
    found = take_head(
        "<p><strong>HỘI NGHỊ TẬP HUẤN<br>VIẾT TIN BÀI</strong></p>"
        "<p><strong>TẠI TRƯỜNG THPT CHU VĂN AN</strong></p>"
        "<p>Hội nghị do Sở GD&amp;ĐT mở.</p>",
        ["Trường THPT Chu Văn An"],
    )
    assert found.title == "HỘI NGHỊ TẬP HUẤN VIẾT TIN BÀI TẠI TRƯỜNG THPT CHU VĂN AN"
    assert found.title_offer == "Hội nghị tập huấn viết tin bài tại Trường THPT Chu Văn An"
    assert take_head("<p><strong>Ngày hội đọc sách</strong></p><p>Lời.</p>").title_offer == ""

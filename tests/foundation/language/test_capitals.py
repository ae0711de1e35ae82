"""A line in capitals is offered as a sentence; names and abbreviations keep their capitals."""

import pytest

from foundation.language.capitals import is_in_capitals, sentence_case

STORY = (
    "Ngày 10/11/2017, Sở GD&ĐT Đắk Lắk tổ chức hội nghị tập huấn tại Trường THPT Chu Văn An. "
    "Cô Nguyễn Thị Lan dự hội nghị."
)


@pytest.mark.parametrize(
    ("capitals", "sentence"),
    [
        ("HỘI NGHỊ TẬP HUẤN NĂM 2017", "Hội nghị tập huấn năm 2017"),
        ("TRƯỜNG THPT CHU VĂN AN: CÔ NGUYỄN THỊ LAN", "Trường THPT Chu Văn An: cô Nguyễn Thị Lan"),
        ("HỘI NGHỊ LẦN THỨ VI CỦA SỞ GD&ĐT ĐẮK LẮK", "Hội nghị lần thứ VI của Sở GD&ĐT Đắk Lắk"),
        ("LỚP 12A1 Ở BUÔN MA THUỘT, EA H'LEO", "Lớp 12A1 ở Buôn Ma Thuột, Ea H’leo"),
        ("CHÀO MỪNG NGÀY NHÀ GIÁO VIỆT NAM 20/11", "Chào mừng ngày Nhà giáo Việt Nam 20/11"),
        ("BUÔN ÊA ƀĂR: Y WĂN BYĂ", "Buôn Êa Ƀăr: Y Wăn Byă"),
        ("NGÀY HỘI CỦA H’HEN NIÊ", "Ngày hội của H’Hen Niê"),
        ("THẦY Y PHU ÊBAN DẠY HỌC", "Thầy Y Phu Êban dạy học"),
        ("HỌC SINH H'BIA ÊNUÔL ĐOẠT GIẢI", "Học sinh H'Bia Ênuôl đoạt giải"),
        ("NGÀNH Y TẾ VÀ GIÁO DỤC TỈNH", "Ngành y tế và giáo dục tỉnh"),
        ("TRẠM Y TẾ ÊA ƀĂR ĐÓN BÁC SĨ", "Trạm y tế Êa Ƀăr đón bác sĩ"),
        ("HĐND TỈNH HỌP VỚI SỞ GD&ĐT", "HĐND tỉnh họp với sở GD&ĐT"),
        ("UBND XÃ PHÁT ĐỘNG HỌC KỲ II. TẤT CẢ THAM GIA", "UBND xã phát động học kỳ II. Tất cả tham gia"),
    ],
)
def test_it_reads_as_a_person_would_write_it(capitals, sentence):
    assert is_in_capitals(capitals)
    assert sentence_case(capitals, [STORY]) == sentence


@pytest.mark.parametrize("line", ["Hội nghị tập huấn", "THPT", "Sở GD&ĐT Đắk Lắk", "", "2017"])
def test_other_lines_are_not_in_capitals(line):
    assert not is_in_capitals(line)


@pytest.mark.parametrize(
    "written",
    [
        "Em Nay H'Nan đạt giải nhất",
        "Học sinh Ksor Y Phu và Siu H'Blit",
        "Chị Rơ Châm H'Yéo về trường",
        "Huyện Êa Kar tổ chức hội thi",
        "Xã Ea Tu và xã Krông Jing",
        "Buôn Akô Dhông đón khách",
        "Buôn làng vui hội, dân cư vùng cao",
        "Dân cư buôn bán hàng giả",
        "Trường tiểu học Y Ngông Niê Kdăm",
        "Y tế học đường, y đức thầy thuốc",
        "Ngày nay học sinh tự học",
        "Sông Krông và sông lớn",
    ],
)
def test_names_of_the_peoples_and_their_lands_keep_capitals(written):
    assert sentence_case(written.upper()) == written

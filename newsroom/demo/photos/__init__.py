"""The nine drawings used as photos in the demo, and their words."""

from pathlib import Path

FOLDER = Path(__file__).parent
CREDIT = "tranh minh họa"
ALT = {
    "trao-giay-khen": "Chín người đứng thành hàng trên sân khấu phông đỏ, mỗi người cầm một giấy khen lồng "
    "khung; người ở giữa ôm bó hoa",
    "toan-canh-hoi-nghi": "Hội trường kín chỗ nhìn từ cuối phòng; trên sân khấu có bàn chủ tọa và một người "
    "đang phát biểu",
    "tap-huan-soan-tin": "Máy tính xách tay mở một trang tin trên bàn gỗ, bên cạnh là cốc cà phê và quyển sổ",
    "nha-dai": "Nhà dài bên rẫy cà phê chín; bốn học sinh và một phụ nữ mặc áo thổ cẩm đứng trước nhà",
    "thu-vien": "Năm học sinh ngồi cạnh nhau đọc sách, sau lưng là ba giá sách cao",
    "san-truong": "Học sinh xếp hàng trên sân trước dãy phòng học hai tầng, giữa sân là cờ Tổ quốc",
    "lop-hoc": "Lớp học nhìn từ cuối phòng, cô giáo đứng chỉ lên bảng viết đề bài Ngữ văn",
    "cong-chieng": "Năm chiếc chiêng đồng to nhỏ treo trên xà gỗ, trên và dưới viền hoa văn thổ cẩm",
    "san-khau": "Bảy học sinh đứng hàng ngang trên sân khấu dưới ánh đèn và dòng chữ "
    "Sparkling Chu Văn An 2024",
}


def path(name: str) -> Path:
    """Return the path of a drawing."""
    return FOLDER / f"{name}.webp"

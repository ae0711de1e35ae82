"""Sentences from which generated stories are made."""

from random import Random

_WHO = ("Học sinh", "Giáo viên", "Chi đoàn giáo viên", "Liên đội", "Tổ chuyên môn", "Câu lạc bộ", "Phụ huynh")
_DO = (
    "đọc sách mười lăm phút đầu giờ",
    "trồng cây quanh sân trường",
    "làm đồ dùng dạy học từ vật liệu sẵn có",
    "tập bài chiêng mừng lúa mới",
    "đo lượng mưa, ghi sổ thời tiết",
    "dạy bơi cho học sinh lớp 5",
    "kể chuyện lịch sử bằng tranh",
    "góp sách cho tủ sách buôn làng",
    "thi giải toán nhanh giữa các lớp",
    "chăm vườn rau của bếp ăn bán trú",
    "viết thư thăm chiến sĩ biên phòng",
    "làm phim ngắn về an toàn giao thông",
)
_WHEN = ("Sáng thứ Hai", "Chiều thứ Tư", "Cuối tuần qua", "Sau giờ học", "Trong tháng này", "Từ đầu học kỳ")
_MORE = (
    "Mỗi lớp cử hai bạn giữ sổ, cuối tuần đọc lại cho cả lớp nghe.",
    "Kinh phí do hội cha mẹ học sinh góp, chi tiêu niêm yết ở bảng tin.",
    "Nhà trường xếp lịch để không trùng giờ học chính khóa.",
    "Thầy cô chỉ hướng dẫn lúc đầu, sau đó học sinh tự điều hành.",
    "Già làng và nghệ nhân trong buôn cùng đến dự và góp ý.",
    "Kết quả được chia sẻ với các trường trong cụm chuyên môn.",
    "Học sinh lớp lớn kèm học sinh lớp nhỏ, mỗi đôi một cuốn nhật ký.",
    "Ban giám hiệu dự buổi đầu tiên và hẹn đánh giá vào cuối học kỳ.",
    "Trời mưa thì cả nhóm chuyển vào thư viện, không nghỉ buổi nào.",
    "Điều khó nhất là giữ được nhịp đều đặn sau tháng đầu hào hứng.",
)


def title(chance: Random, unit: str, number: int) -> str:
    """Return a title that ends with the number, so that no two are equal."""
    return f"{chance.choice(_WHO)} {unit.removeprefix('Trường ')} {chance.choice(_DO)} (bài {number + 1})"


def lead(chance: Random, unit: str) -> str:
    """Return a lead."""
    return f"{chance.choice(_WHEN)}, {chance.choice(_WHO).lower()} {unit} {chance.choice(_DO)}."


def body(chance: Random, unit: str) -> tuple[str, ...]:
    """Return four to seven paragraphs."""
    first = f"{chance.choice(_WHEN)}, {unit} {chance.choice(_DO)}; đây là việc làm thường xuyên của đơn vị."
    count = chance.randint(3, 6)
    return (first, *(" ".join(chance.sample(_MORE, 3)) for _ in range(count)))

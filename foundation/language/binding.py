"""Keep together words that must not be separated at a line end: compounds, names, a number and its noun.

Used for headlines, when a page is rendered; stored text and search stay unchanged.
"""

import re
from functools import lru_cache

NO_BREAK = "\u00a0"

_COMPOUNDS = """
ban giám hiệu|bàn giao|bằng khen|biên giới|biên tập|bồi dưỡng|cá nhân|cán bộ|chào cờ|chào mừng|chất lượng
chỉ đạo|chú trọng|chủ nhiệm|chủ tịch|chuyên môn|chuyển đổi số|cộng tác viên|công bố|công đoàn|công tác
cơ sở|dạy học|dân tộc|danh sách|đại biểu|đào tạo|đánh giá|đầu giờ|đầu tuần|đoàn kết|đổi mới|đội ngũ
đơn vị|đuối nước|gia đình|giáo dục|giáo viên|giám đốc|giấy khen|gương mẫu|hiệu trưởng|hoạt động|học kỳ
học sinh|hội nghị|hội thảo|hội thi|hội trường|hướng dẫn|kế hoạch|khai giảng|khen thưởng|khuyến học
kiểm tra|kinh nghiệm|lãnh đạo|mầm non|năm học|năng lực|ngày hội|nâng cao|ngữ văn|người tốt|nhà giáo
nhà trường|nội trú|phát động|phong trào|phòng chống|phổ thông|phụ huynh|sáng tạo|sáng kiến|sinh hoạt
tài năng|tập huấn|tập thể|thành tích|thi đua|thí nghiệm|thư viện|tiếng Anh|tiếng Ê Đê|tiểu học|tiêu biểu
tỏa sáng|tổ chức|tổng kết|trải nghiệm|triển khai|truyền thông|trung học|trung tâm|tự học|tuyên dương
tuyển sinh|văn nghệ|vận động|việc tốt|vùng biên|xây dựng|xuất sắc|xóa mù chữ|Bình Kiến|Buôn Đôn|Buôn Hồ
Buôn Ma Thuột|Chu Văn An|Cư Kuin|Cư M’gar|Đắk Lắk|Ê Đê|Ea H’leo|Ea Kar|Ea Súp|Gia Rai|Krông Ana
Krông Bông|Krông Búk|Krông Năng|Krông Pắc|Phú Yên|Sơn Hòa|Tây Nguyên|Tuy Hòa|Việt Nam
"""
_WORDS = sorted((c for line in _COMPOUNDS.split("\n") for c in line.split("|") if c), key=len, reverse=True)
_COMPOUND = re.compile(rf"(?<!\w)(?:{'|'.join(_WORDS)})(?!\w)", re.IGNORECASE)
_BEFORE = "gần|hơn|khoảng|lớp|khối|số|tháng|năm|ngày|quý|đợt|lần|kỳ|cấp|thứ|dưới|trên"
_APART = "và|hoặc|đến|của|cho|là|ở|tại|trong|với|để|do"
_NUMBERED = re.compile(
    rf"(?:(?<!\w)(?:{_BEFORE}) (?=\d|[IVX]+\b))|(?:(?<=\d) (?=\w)(?!(?:{_APART})\b))", re.IGNORECASE
)


@lru_cache(maxsize=4096)
def bind(text: str) -> str:
    """Return the text with no-break spaces inside compounds, names and number phrases. Only spaces change."""
    bound = _COMPOUND.sub(lambda found: found[0].replace(" ", NO_BREAK), text)
    return _NUMBERED.sub(lambda found: found[0].replace(" ", NO_BREAK), bound)

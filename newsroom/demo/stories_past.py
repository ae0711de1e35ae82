"""Stories of past years: the real one, and invented ones from before and after the merger."""

import datetime

from articles.enums import ArticleKind
from newsroom.demo import seed_story
from newsroom.demo.clock import moment
from newsroom.demo.writing import DemoStory, Pic

# Days are invented; of the real story only the school year is known.
DATED: tuple[tuple[datetime.datetime, DemoStory], ...] = (
    (
        moment(2017, 11, 8, 9, 30),
        DemoStory(
            unit="SGD-DL-2004",
            section="tin-nganh",
            title="Viết tin cho trang của trường: năm lỗi thường gặp và cách sửa",
            lead="Tiêu đề dài, thiếu ngày giờ, sai chức danh, ảnh không chú thích, số liệu không nguồn.",
            body=(
                Pic("tap-huan-soan-tin", "Một tin ngắn đủ ý chỉ cần một màn hình"),
                "Ban truyền thông của Sở đọc lại hai trăm tin do cộng tác viên gửi trong ba tháng và thấy "
                "năm lỗi lặp lại nhiều nhất. Cả năm đều sửa được trong vài phút trước khi gửi.",
                "Lỗi thứ nhất là tiêu đề kể hết nội dung. Tiêu đề tốt nói một việc, dưới mười sáu chữ, để "
                "sapo trả lời ai, ở đâu, khi nào.",
                "Lỗi thứ hai là thiếu ngày giờ; thứ ba là chức danh ghi theo trí nhớ. Người viết nên tra "
                "danh bạ theo đúng ngày diễn ra sự kiện.",
                "Hai lỗi còn lại thuộc về ảnh và số: ảnh cần nói rõ ai đang làm gì, số liệu cần nói lấy từ "
                "báo cáo nào.",
            ),
            tags=("Tập huấn", "Truyền thông"),
        ),
    ),
    (
        moment(2017, 11, 10, 14, 5),
        DemoStory(
            unit="SGD-DL-2004",
            section="tin-nganh",
            title="Gần 200 cộng tác viên học viết tin, chụp ảnh hoạt động nhà trường",
            lead="Mỗi nhóm viết một tin ngắn, chọn một ảnh và đặt chú thích trong 40 phút.",
            body=(
                Pic("tap-huan-soan-tin", "Bài thực hành viết tin buổi chiều"),
                "Buổi chiều của hội nghị tập huấn dành cho thực hành. Học viên chia nhóm theo cụm đơn vị, "
                "mỗi nhóm nhận một tình huống: lễ chào cờ, buổi họp phụ huynh, một tiết dạy minh họa.",
                "Bốn mươi phút sau, từng nhóm đọc tin của mình. Người hướng dẫn hỏi lại những chỗ thiếu: "
                "hôm nào, ở đâu, ai nói câu ấy, bức ảnh chụp lúc nào.",
                "Các bài tốt được góp vào bộ mẫu dùng chung, gửi về đơn vị ngay trong tuần.",
            ),
            tags=("Tập huấn", "Truyền thông"),
            event="tap-huan",
        ),
    ),
    (
        moment(2017, 11, 10, 14, 30),
        DemoStory(
            unit="THPT-CVA",
            section="tin-nganh",
            title=seed_story.TITLE,
            lead=seed_story.LEAD,
            body=seed_story.BODY,
            writer="ctv",
            approver="truongdonvi",
            byline="Báo Giáo dục và Thời đại",
            tags=("Truyền thông", "Tập huấn", "Giấy khen", "Năm học 2017-2018"),
            kind=ArticleKind.CONFERENCE,
            source_mark=seed_story.SOURCE_MARK,
            event="tap-huan",
            decision="1247",
        ),
    ),
    (
        moment(2024, 11, 25, 10, 0),
        DemoStory(
            unit="THPT-CVA",
            section="guong-sang",
            title=seed_story.SPARKLING_TITLE,
            lead=seed_story.SPARKLING_LEAD,
            body=(
                Pic("san-khau", "Sparkling Chu Văn An 2024"),
                "Bản dùng thử chỉ có phần mở đầu của tin này.",
            ),
            writer="ctv",
            approver="truongdonvi",
            byline="Báo Giáo dục và Thời đại",
            tags=("Học sinh", "20/11"),
            source_mark=seed_story.SOURCE_MARK,
            event="sparkling",
        ),
    ),
    (
        moment(2025, 5, 20, 15, 0),
        DemoStory(
            unit="PGD-KP",
            section="tin-nganh",
            title="Krông Pắc: bàn giao hồ sơ trường học trước ngày kết thúc cấp huyện",
            lead="Hồ sơ của từng trường được kiểm kê, ký nhận và giao về xã trước ngày 30/6/2025.",
            body=(
                Pic("san-truong", "Lễ chào cờ tuần cuối năm học"),
                "Phòng GD&ĐT huyện Krông Pắc lập danh mục hồ sơ của từng trường mầm non, tiểu học, THCS, "
                "đối chiếu với bản lưu và niêm phong theo xã.",
                "Các trường giữ nguyên tên, địa chỉ trang và số điện thoại. Tin, văn bản đã đăng vẫn ở "
                "trang của phòng, ghi rõ ngày kết thúc hoạt động.",
                "Từ ngày 01/7/2025, phụ huynh liên hệ Phòng Văn hóa - Xã hội của xã về thủ tục hành chính; "
                "chuyên môn do Sở GD&ĐT hướng dẫn.",
            ),
            tags=("Chính quyền hai cấp",),
        ),
    ),
)

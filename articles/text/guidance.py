"""Hints for each kind of story, shown in empty boxes; never part of the story."""

from typing import NamedTuple

from articles.enums import ArticleKind


class Guide(NamedTuple):
    """Hints for one kind of story. `parts` are the usual parts of its text, in order."""

    icon: str
    purpose: str
    title: str
    lead: str
    parts: tuple[str, ...]


GUIDES: dict[str, Guide] = {
    ArticleKind.CONFERENCE: Guide(
        "people",
        "Hội nghị, tập huấn, hội thảo, lễ có đại biểu.",
        "Nơi: việc chính của hội nghị",
        "Ai tổ chức hội nghị gì, ở đâu, ngày nào.",
        (
            "Hội nghị gì, ngày nào, ở đâu, đơn vị nào tổ chức.",
            "Dự lễ khai mạc có: đại biểu theo thứ bậc, rồi số người, số đơn vị tham dự.",
            "Báo cáo nêu gì: việc đã làm, con số, kết quả.",
            "Phát biểu tại hội nghị: ai, chức danh gì, đề nghị điều gì.",
            "Trao giấy khen cho mấy tập thể, mấy cá nhân, theo quyết định nào.",
        ),
    ),
    ArticleKind.ACTIVITY: Guide(
        "news",
        "Một việc vừa làm ở trường, ở lớp, ở buôn.",
        "Ai làm việc gì, điều đáng chú ý nhất",
        "Một đoạn ngắn: ai, việc gì, ở đâu, ngày nào, kết quả ra sao.",
        (
            "Việc gì, ngày nào, ở đâu, ai tham gia.",
            "Diễn ra thế nào: điều mắt thấy, tai nghe.",
            "Lời của một người trong cuộc.",
            "Kết quả, con số, việc tiếp theo.",
        ),
    ),
    ArticleKind.GOOD_DEED: Guide(
        "medal",
        "Một thầy cô, một học sinh, một tập thể đáng noi theo.",
        "Tên nhân vật và việc làm đẹp nhất",
        "Người ấy là ai, ở đơn vị nào, đã làm việc gì tốt.",
        (
            "Một chuyện nhỏ mở bài: người đọc thấy nhân vật đang làm việc.",
            "Nhân vật là ai, công tác hay học ở đâu.",
            "Việc làm cụ thể, từ bao giờ, giúp được ai.",
            "Lời của nhân vật; lời đồng nghiệp, bạn bè, người được giúp.",
            "Đã được ghi nhận thế nào (giấy khen theo quyết định nào), nếu có.",
        ),
    ),
    ArticleKind.NOTICE: Guide(
        "file",
        "Lịch, tuyển sinh, hướng dẫn cần mọi người biết.",
        "Thông báo về việc gì, cho ai",
        "Việc gì, ai cần làm, hạn đến ngày nào.",
        (
            "Ai thông báo, theo văn bản số mấy.",
            "Ai cần làm gì, hồ sơ gồm những gì.",
            "Thời gian, địa điểm, hạn cuối.",
            "Hỏi thêm ở đâu: bộ phận, điện thoại cơ quan.",
        ),
    ),
    ArticleKind.PHOTO_STORY: Guide(
        "image",
        "Kể chuyện chủ yếu bằng ảnh, mỗi ảnh một chú thích.",
        "Tên phóng sự: một hình ảnh hoặc một việc",
        "Hai, ba câu: chuyện gì, ở đâu, ngày nào.",
        (
            "Ảnh mở đầu: toàn cảnh, cho biết nơi và việc.",
            "Ảnh người: gương mặt, đôi tay, việc đang làm.",
            "Ảnh chi tiết, ảnh cao trào, ảnh kết.",
            "Mỗi ảnh một chú thích: ai, ở đâu, đang làm gì.",
        ),
    ),
}


def guide_of(kind: str) -> Guide:
    """Returns the guide of a kind; for an unknown kind that of an activity."""
    return GUIDES.get(kind) or GUIDES[ArticleKind.ACTIVITY]


def starting_points() -> list[dict[str, str]]:
    """Returns the kinds to choose from when a story begins, most frequent first."""
    order = (ArticleKind.ACTIVITY, ArticleKind.CONFERENCE, ArticleKind.GOOD_DEED)
    kinds = [*order, *(kind for kind in ArticleKind if kind not in order)]
    return [
        {
            "kind": kind.value,
            "label": kind.label,
            "purpose": GUIDES[kind].purpose,
            "icon": f"_components/icons/{GUIDES[kind].icon}.html",
        }
        for kind in kinds
    ]

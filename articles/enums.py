"""Fixed choices about stories. Imports nothing from this room, so every module may import it."""

from django.db import models


class ArticleKind(models.TextChoices):
    CONFERENCE = "conference", "Tin hội nghị"
    ACTIVITY = "activity", "Tin hoạt động"
    GOOD_DEED = "good_deed", "Gương người tốt việc tốt"
    NOTICE = "notice", "Thông báo"
    PHOTO_STORY = "photo_story", "Phóng sự ảnh"


class Status(models.TextChoices):
    """The editorial axis: how far the working copy is on its way to approval."""

    DRAFTING = "drafting", "Nháp"
    IN_REVIEW = "in_review", "Chờ duyệt"
    # The head has approved; the Sở's desk reads it before it is published (articles.models.ReviewRoute).
    SECOND_READING = "second_read", "Chờ Sở đọc"
    RETURNED = "returned", "Trả lại"
    APPROVED = "approved", "Đã duyệt"


class PublicState(models.TextChoices):
    """The public axis: what readers see at the story's address."""

    LIVE = "live", "Đang đăng"
    # Taken down at once by one person; a second person confirms or restores it (`approval.urgent`).
    SUSPENDED = "suspended", "Gỡ khẩn, chờ xác nhận"
    WITHDRAWN = "withdrawn", "Đã gỡ"
    ENDED = "ended", "Hết hạn đăng"
    # Approved and taken back within minutes: the address answers 404, as if there had never been a page.
    TAKEN_BACK = "taken_back", "Đã rút lại"


class CorrectionKind(models.TextChoices):
    """What kind of change of a public text this is for readers. A typo has no public notice."""

    TYPO = "typo", "Sửa lỗi gõ"
    UPDATE = "update", "Cập nhật"
    ERRATUM = "erratum", "Đính chính"
    RECTIFICATION = "rectify", "Cải chính"


class Verdict(models.TextChoices):
    """What a decision says about a revision."""

    APPROVED = "approved", "Duyệt"
    PASSED = "passed", "Duyệt, chuyển Sở đọc"
    RETURNED = "returned", "Trả lại"
    TAKEN_BACK = "taken_back", "Rút lại quyết định"
    # It was public on the site it comes from: imported here, not reviewed by us.
    IMPORTED = "imported", "Nhập từ trang cũ"


class BylineRole(models.TextChoices):
    """What the person or paper under a story did for it."""

    TEXT = "text", "Bài"
    PHOTO = "photo", "Ảnh"
    TEXT_AND_PHOTO = "text_and_photo", "Bài và ảnh"
    COMPILED = "compiled", "Tổng hợp"
    SOURCE = "source", "Theo"


class CommentPlace(models.TextChoices):
    """What a comment of the head is about."""

    TITLE = "title", "Tiêu đề"
    LEAD = "lead", "Sapo"
    BODY = "body", "Nội dung"
    FIGURE = "figure", "Ảnh"


class Outcome(models.TextChoices):
    """What happened to commented words in a later text."""

    SAME = "same", "chưa đổi"
    CHANGED = "changed", "đã đổi"
    GONE = "gone", "đã bỏ"


class CommentAct(models.TextChoices):
    """What happens to a comment after it was written; the last act is its state."""

    SENT = "sent", "Gửi kèm quyết định trả lại"
    RECALLED = "recalled", "Rút lại cùng quyết định"
    DROPPED = "dropped", "Bỏ khi chưa gửi"
    FIXED = "fixed", "Đã sửa"
    ANSWERED = "answered", "Trả lời"
    TAKEN = "taken", "Đã lấy chữ đề nghị"
    DECLINED = "declined", "Giữ chữ cũ"
    CLOSED = "closed", "Được rồi"
    REOPENED = "reopened", "Mở lại"

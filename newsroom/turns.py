"""The worker's duties of each turn; all are safe to repeat and to run twice at once."""

import logging
from collections.abc import Callable
from typing import NamedTuple

from accounts.ending import delete_ended
from accounts.tickets import delete_old_tickets
from approvals.auditing import repeat_log
from approvals.sealing import seal_all
from articles.approval.releasing import redraw_outdated
from articles.approval.reminders import remind
from articles.approval.schedule import end_due, run_due
from awards import workflow as awards
from awards.consent import follow_consent
from awards.law.pack import load_new_pack, remind_of_check
from daybook.materials import workflow as materials
from daybook.notes import workflow as notes
from departments.naming import refresh_names
from events import workflow as events
from events.exposure import forget_outdated
from fees.law import pack as fees
from foundation.inserting.statistics import refresh_daily
from foundation.pagestore.purging import follow, tidy
from frontpage.moments import pass_moments
from inbox.posting import send_due
from newsroom.backups.results import remind_of_backup
from newsroom.moving.shutting import is_shut
from press.running import delete_old_files
from rounds.papers import delete_old_papers
from staff.administrators import note_administrators
from staff.changing import settle_changes
from training.attesting import workflow as training
from training.forgetting import forget_people

log = logging.getLogger("newsroom.worker")


class Duty(NamedTuple):
    """`run` returns how many things it did; `words` name them in the log."""

    run: Callable[[], int]
    words: str


DUTIES = (
    Duty(run_due, "bài đến giờ đã đăng"),
    Duty(end_due, "bài hết hạn đăng đã rời trang"),
    Duty(redraw_outdated, "bài đã vẽ lại vì quyền dùng ảnh hoặc sự đồng ý thay đổi"),
    Duty(forget_outdated, "sự kiện đã bỏ ảnh chia sẻ cũ vì quyền dùng ảnh hoặc sự đồng ý thay đổi"),
    Duty(follow_consent, "tên học sinh trong sổ khen thưởng đã theo sổ đồng ý"),
    Duty(refresh_names, "đơn vị đổi tên theo lịch"),
    Duty(follow, "thay đổi từ nơi khác đã nhận"),
    Duty(pass_moments, "trang đến giờ phải vẽ lại"),
    Duty(tidy, "trang cũ đã cất"),
    Duty(remind, "lời nhắc bài quá hạn"),
    Duty(events.remind, "lời nhắc sự kiện quá hạn"),
    Duty(awards.remind, "lời nhắc quyết định khen thưởng quá hạn"),
    Duty(notes.remind, "lời nhắc tin nhanh quá hạn"),
    Duty(materials.remind, "lời nhắc tài liệu sự kiện quá hạn"),
    Duty(training.remind, "lời nhắc danh sách xác nhận quá hạn"),
    Duty(load_new_pack, "bộ dữ liệu luật mới đã nạp"),
    Duty(fees.load_new_pack, "mức nhuận bút mới đã nạp"),
    Duty(remind_of_check, "lời nhắc đối chiếu văn bản"),
    Duty(remind_of_backup, "lời nhắc quá hạn sao lưu"),
    Duty(repeat_log, "dòng nhật ký đã vào nhật ký kiểm toán"),
    Duty(seal_all, "dòng nhật ký kiểm toán đã niêm"),
    Duty(delete_ended, "phiên đã hết được dọn"),
    Duty(refresh_daily, "lần xem lại độ lớn các bảng"),
    Duty(note_administrators, "quản trị viên mới được báo cho người khác"),
    Duty(settle_changes, "tài khoản khóa hoặc mở theo ngày thôi việc, trở lại"),
    Duty(delete_old_files, "lần in cũ đã xóa tệp"),
    Duty(delete_old_papers, "tệp của đợt khen đã hết hạn giữ bị xóa"),
    Duty(forget_people, "người dự sự kiện hết hạn giữ dữ liệu đã xóa tên"),
    Duty(delete_old_tickets, "phiếu vào cửa đã dùng hoặc hết hạn bị xóa"),
    # Last, so that a slow mail server delays nothing that readers see.
    Duty(send_due, "thư đã gửi"),
)


def take_turn(duties: tuple[Duty, ...] = DUTIES) -> list[str]:
    """Run every duty once and return what was done; one that fails is logged and does not stop the others."""
    done: list[str] = []
    if is_shut():  # the data are on their way to another database
        return done
    for duty in duties:
        try:
            count = duty.run()
        except Exception:
            log.exception("Duty failed: %s", duty.words)
            continue
        if count:
            done.append(f"{count} {duty.words}")
    return done

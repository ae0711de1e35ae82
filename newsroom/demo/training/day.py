"""Notes and a file of one of the demo's training days. All invented."""

import datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from approvals.engine import take
from daybook.enums import Audience
from daybook.materials.workflow import MATERIAL
from daybook.models import Material, Note
from daybook.notes.workflow import NOTE
from documents.files import MATERIALS, attach
from events.models import Event
from newsroom.demo.clock import at
from newsroom.demo.papers import scanned

WRITER, APPROVER = "bientap", "thuky"
NOTES = (
    (0, 15, "Hội trường mở cửa; người dự quét vé ở hai cổng, ai quên vé thì đọc tên."),
    (2, 30, "Giờ thực hành đầu: nhận ra thư lừa đảo qua địa chỉ người gửi và đường dẫn trong thư."),
    (
        8,
        0,
        "Các nhóm nộp bài thực hành. Ban tổ chức trả lời tại chỗ câu hỏi về ảnh học sinh.",
    ),
)
FILE = "Cẩm nang mật khẩu và thư lừa đảo"


def tell_of_the_day(event: Event, users: dict[str, User]) -> None:
    """Write the notes as the day went, each approved minutes later, and release the file for everybody."""
    for hours, minutes, words in NOTES:
        happened_at = event.starts_at + datetime.timedelta(hours=hours, minutes=minutes)
        with at(happened_at):
            note = Note(event=event, host=event.host, happened_at=happened_at, body=words)
            note.full_clean()
            note.save()
            note.writers.add(users[WRITER])
            note = take(NOTE, note, "submit", actor=users[WRITER], version=note.version)
        with at(happened_at + datetime.timedelta(minutes=4)):
            take(NOTE, note, "approve", actor=users[APPROVER], version=note.version)
    with at(event.starts_at + datetime.timedelta(hours=9)):
        made = Material(event=event, host=event.host, title=FILE, audience=Audience.EVERYBODY)
        paper = scanned(str(event.host), "Tài liệu tập huấn", FILE, event.starts_at.date())
        attach(made, SimpleUploadedFile("cam-nang.pdf", paper), MATERIALS)
        made.full_clean()
        made.save()
        made.writers.add(users[WRITER])
        for step, who in (("submit", WRITER), ("approve", APPROVER)):
            made = take(MATERIAL, made, step, actor=users[who], version=made.version)

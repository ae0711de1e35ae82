"""The lists of an event, each on a screen of its own beside the form."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from documents.models import OfficialDocument
from events.inlines import DelegateInline, DocumentInline, ParticipantInline, PhotoInline, ProgrammeInline
from events.models import Delegate, EventPhoto, ParticipatingGroup, ProgrammeItem
from events.tables import delegate_table, participant_table, programme_table
from events.timing import counted
from media.models import Photo
from media.presentation import photo_for, thumbnail
from media.querysets import lasting
from records.lists.row_list import RowList


def _delegate(row: Delegate) -> str:
    return f"{row.get_honorific_display() if row.honorific else ''} {row.name}".strip()


def _moment(row: ProgrammeItem) -> str:
    return date_format(timezone.localtime(row.starts_at), "H:i, d/m/Y")


def _unit(row: ParticipatingGroup) -> str:
    return str(row.department or row.get_department_kind_display())


def _photos_for(rows: QuerySet, reader: Any) -> QuerySet:
    """Return the photos that the event's page shows, and those of the library that the reader sees."""
    return rows.filter(lasting("photo__") | Q(photo__in=Photo.objects.visible_to(reader)))


def _documents_for(rows: QuerySet, reader: Any) -> QuerySet:
    """Return rows with a public document, or with one that the reader sees in its own room."""
    return rows.filter(document__in=OfficialDocument.objects.visible_to(reader))


def _picture(row: EventPhoto) -> str:
    """Return the thumbnail, as a link to the large picture: whoever approves looks at each one."""
    return format_html(
        '<a href="{}"><img src="{}" alt="Mở ảnh lớn: {}" width="240" height="160" loading="lazy"></a>',
        photo_for(row.photo)["src"],
        thumbnail(row.photo),
        row.photo,
    )


def _alt(row: EventPhoto) -> str:
    return "Ảnh trang trí" if row.photo.is_decorative else row.photo.alt_text


ROW_LISTS = (
    RowList(
        slug="chuong-trinh",
        accessor="programme",
        inline=ProgrammeInline,
        columns=(
            ("Nội dung", lambda row: row.title),
            ("Lúc", _moment),
            ("Chi tiết", lambda row: row.note),
        ),
        searched=("title", "note"),
        is_ordered=False,
        table=programme_table,
        form_kwargs=lambda event: {"event": event},
    ),
    RowList(
        slug="dai-bieu",
        accessor="delegates",
        inline=DelegateInline,
        columns=(("Tên ghi trên trang", _delegate), ("Chức danh hôm đó", lambda row: row.title)),
        searched=("name", "title"),
        table=delegate_table,
    ),
    RowList(
        slug="don-vi",
        accessor="participants",
        inline=ParticipantInline,
        columns=(
            ("Ghi trên trang", lambda row: row.label),
            ("Số đơn vị", lambda row: counted(row.count, row.count_qualifier, "đơn vị")),
            ("Trong danh bạ", _unit),
        ),
        searched=("label",),
        related=("department",),
        table=participant_table,
    ),
    RowList(
        slug="anh",
        accessor="event_photos",
        inline=PhotoInline,
        columns=(
            ("Ảnh trong kho", lambda row: str(row.photo)),
            ("Xem", _picture),
            ("Chú thích ở sự kiện", lambda row: row.caption or row.photo.caption),
            ("Ảnh của", lambda row: row.photo.credit),
            ("Mô tả ảnh", _alt),
        ),
        searched=("photo__caption", "caption"),
        related=("photo",),
        readable=_photos_for,
    ),
    RowList(
        slug="tai-lieu",
        accessor="event_documents",
        inline=DocumentInline,
        columns=(("Văn bản", lambda row: str(row.document)),),
        searched=("document__summary", "document__number"),
        related=("document",),
        readable=_documents_for,
    ),
)

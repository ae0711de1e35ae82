"""The lists of an event, each on a screen of its own beside the form."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from documents.models import OfficialDocument
from events.inlines import DelegateInline, DocumentInline, ParticipantInline, PhotoInline, ProgrammeInline
from events.models import Delegate, ParticipatingGroup, ProgrammeItem
from events.tables import delegate_table, participant_table, programme_table
from events.timing import counted
from media.models import Photo
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
        columns=(("Ảnh", lambda row: str(row.photo)), ("Chú thích", lambda row: row.caption)),
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

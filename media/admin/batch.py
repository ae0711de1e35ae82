"""Set the same credit, place, day or rights for many photos."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from foundation.pagestore.announcing import announce
from media.forms import BatchForm
from media.models import Photo


@admin.action(description="Sửa nhiều ảnh cùng lúc", permissions=["change"])
def edit_many(model_admin: Any, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
    """Show the form, then write; photos of other units are skipped, and a message says so."""
    chosen = list(queryset)
    own = [photo for photo in chosen if request.user.has_perm("media.change_photo", photo)]
    if not own:
        messages.warning(request, "Bạn không sửa được ảnh nào trong số đã chọn: chúng thuộc đơn vị khác.")
        return None
    form = BatchForm(request.POST if "apply" in request.POST else None)
    if form.is_bound and form.is_valid():
        _write(request.user, own, form.changes())
        messages.success(request, f"Đã sửa {len(own)} ảnh.")
        return None
    context = admin.site.each_context(request) | {
        "title": f"Sửa {len(own)} ảnh cùng lúc",
        "form": form,
        "photos": own,
        "left_alone": len(chosen) - len(own),
        "opts": Photo._meta,
    }
    return TemplateResponse(request, "admin/media/photo/batch.html", context)


@transaction.atomic
def _write(user: Any, photos: list[Photo], changes: dict[str, Any]) -> None:
    for photo in photos:
        for name, value in changes.items():
            setattr(photo, name, value)
        photo.save()
    announce(Photo)
    LogEntry.objects.log_actions(user.pk, photos, CHANGE, "Sửa cùng lúc: " + ", ".join(sorted(changes)) + ".")

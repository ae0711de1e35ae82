"""Upload photos: a page for many files, and an address for the story editor."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from departments.models import Department
from media.forms import UploadForm, units_of
from media.models import Photo
from media.presentation import photo_for, thumbnail
from media.uploads import UploadRefused, receive

NO_UNIT = (
    "Bạn chưa giữ chức danh ở đơn vị nào nên chưa tải ảnh lên được. "
    "Hãy nhờ người quản trị của Sở ghi chức danh cho bạn."
)
NOT_YOUR_UNIT = "Bạn không tải ảnh lên cho đơn vị này được. Hãy chọn một đơn vị của bạn."
PICKED = 24


@never_cache
def upload_page(request: HttpRequest) -> HttpResponse:
    """Upload many files with shared words. Each is accepted or refused separately; typed words are kept."""
    units = _units_for(request.user)
    form = UploadForm(
        request.user, request.POST or None, request.FILES or None, initial={"department": units[0]}
    )
    refused: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        taken, refused = _take_in(request.user, form)
        _say(request, taken)
        if not refused:
            return redirect(_next(taken))
    context = admin.site.each_context(request) | {
        "title": "Tải ảnh lên",
        "form": form,
        "refused": refused,
        "opts": Photo._meta,
    }
    return TemplateResponse(request, "admin/media/photo/upload.html", context, status=400 if refused else 200)


@never_cache
@require_POST
def upload_one(request: HttpRequest) -> JsonResponse:
    """Upload one file from the story editor; answers JSON: the photo's words and address, or the error."""
    units = units_of(request.user)
    if not units:
        return JsonResponse({"error": NO_UNIT}, status=403)
    asked = request.POST.get("department")
    unit = next((unit for unit in units if not asked or str(unit.pk) == asked), None)
    if unit is None:
        return JsonResponse({"error": NOT_YOUR_UNIT}, status=400)
    file = request.FILES.get("file")
    if file is None:
        return JsonResponse({"error": "Chưa nhận được tệp nào. Hãy chọn lại ảnh."}, status=400)
    try:
        photo, _ = receive(file, department=unit, uploaded_by=request.user)
    except UploadRefused as refusal:
        return JsonResponse({"error": refusal.message}, status=400)
    return JsonResponse(_row(photo))


@never_cache
@require_safe
def picker(request: HttpRequest) -> JsonResponse:
    """Answer JSON with photos that the user may use, newest first.

    Parameters: `q` filters, `truoc` continues after a photo, `so` requests one photo.
    """
    photos = Photo.objects.visible_to(request.user).found_by(request.GET.get("q", "")[:100])
    if place := _number(request.GET.get("truoc", "")):
        photos = photos.filter(pk__lt=place)
    if asked := _number(request.GET.get("so", "")):
        photos = photos.filter(pk=asked)
    found = list(photos.order_by("-pk")[: PICKED + 1])
    rows = [_row(photo) for photo in found[:PICKED]]
    return JsonResponse({"photos": rows, "more": rows[-1]["id"] if len(found) > PICKED else None})


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _units_for(user: Any) -> list[Department]:
    units = list(units_of(user))
    if not units:
        raise PermissionDenied(NO_UNIT)
    return units


def _take_in(user: Any, form: UploadForm) -> tuple[list[tuple[Photo, bool]], list[tuple[str, str]]]:
    taken, refused = [], []
    for file in form.cleaned_data["files"]:
        try:
            unit = form.cleaned_data["department"]
            taken.append(receive(file, department=unit, uploaded_by=user, **form.words()))
        except UploadRefused as refusal:
            refused.append((file.name, refusal.message))
    return taken, refused


def _say(request: HttpRequest, taken: list[tuple[Photo, bool]]) -> None:
    new = sum(created for _, created in taken)
    if new:
        messages.success(request, f"Đã nhận {new} ảnh. Hãy ghi chú thích, mô tả cho từng ảnh.")
    for photo, created in taken:
        if not created:
            messages.info(request, f"“{photo}” đã có trong kho từ trước, nên không lưu thêm bản nữa.")


def _next(taken: list[tuple[Photo, bool]]) -> str:
    if len(taken) == 1:
        return f"../{taken[0][0].pk}/change/"
    return "../"


def _row(photo: Photo) -> dict[str, Any]:
    return {
        "id": photo.pk,
        "photo": photo_for(photo),
        "thumb": thumbnail(photo),
        "caption": photo.caption,
        "credit": photo.credit,
        "alt": photo.alt_text,
        "decorative": photo.is_decorative,
    }

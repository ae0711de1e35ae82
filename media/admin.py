"""The photo library in the back-office."""

from django.contrib import admin
from django.http import JsonResponse
from django.urls import path

from departments.access import own_departments
from departments.models import Department
from media.models import Photo
from media.presentation import photo_for
from media.uploads import UploadRefused, receive


@admin.register(Photo)
class PhotoAdmin(admin.ModelAdmin):
    search_fields = ["search_key"]

    def get_urls(self):
        return [
            path("tai-len.json", self.admin_site.admin_view(self.upload), name="media_photo_upload_json"),
            path("chon.json", self.admin_site.admin_view(self.picker), name="media_photo_picker"),
            *super().get_urls(),
        ]

    def upload(self, request):
        unit = Department.objects.get(pk=min(own_departments(request.user)))
        try:
            photo, _ = receive(request.FILES["file"], department=unit, uploaded_by=request.user)
        except UploadRefused as refusal:
            return JsonResponse({"error": refusal.message}, status=400)
        return JsonResponse(self.row(photo))

    def picker(self, request):
        photos = Photo.objects.visible_to(request.user)[:24]
        return JsonResponse({"photos": [self.row(photo) for photo in photos]})

    def row(self, photo):
        shown = photo_for(photo)
        return {
            "id": photo.pk,
            "photo": shown,
            "thumb": shown["src"],
            "caption": photo.caption,
            "credit": photo.credit,
            "alt": photo.alt_text,
            "decorative": photo.is_decorative,
        }

"""The office's screen for the front page."""

from django.contrib import admin

from frontpage.editing import views

admin.site.pages += views.urls()  # type: ignore[attr-defined]

"""Public addresses of this room, below the addresses of events."""

from django.urls import path

from daybook import views
from daybook.notes.page import NoteFeed, notes_page

app_name = "daybook"
urlpatterns = [
    path("<slug:slug>/tin-nhanh/", notes_page, name="notes"),
    path("<slug:slug>/tin-nhanh/rss.xml", NoteFeed(), name="note_feed"),
    path("<slug:slug>/tai-lieu/<int:pk>/", views.material_file, name="material_file"),
]

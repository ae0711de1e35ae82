"""Public addresses of documents."""

from django.urls import path, re_path

from documents import feeds, views

app_name = "documents"
urlpatterns = [
    path("", views.document_list, name="document_list"),
    path("rss.xml", feeds.DocumentFeed(), name="document_feed"),
    path("<slug:slug>/", views.document_detail, name="document_detail"),
    path("<slug:slug>/tep/", views.document_file, name="document_file"),
    re_path(
        r"^(?P<slug>[-\w]+)/chia-se-(?P<key>[0-9a-f]{16})\.jpg$",
        views.document_picture,
        name="document_share",
    ),
]

"""Public addresses of stories, sections and tags."""

from django.urls import path
from django.views.generic import TemplateView as Stub

app_name = "articles"
urlpatterns = [
    path("bai-viet/<path:slug_id>/", Stub.as_view(template_name="404.html"), name="article_detail"),
    path("chuyen-muc/<slug:slug>/", Stub.as_view(template_name="404.html"), name="section_detail"),
    path("the/<slug:slug>/", Stub.as_view(template_name="404.html"), name="tag_detail"),
    path("tim-kiem/", Stub.as_view(template_name="404.html"), name="search"),
]

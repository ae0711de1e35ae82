"""Public addresses of stories, sections, tags, search and feeds."""

from django.urls import path, re_path

from articles import feeds, views

STORY = r"^bai-viet/(?P<slug>(?:[a-z0-9-]+-)?)(?P<pk>[0-9]{1,15})/$"

app_name = "articles"
urlpatterns = [
    re_path(
        r"^bai-viet/(?P<slug>(?:[a-z0-9-]+-)?)(?P<pk>[0-9]{1,15})/$",
        views.article_detail,
        name="article_detail",
    ),
    path("chuyen-muc/<slug:slug>/", views.section_detail, name="section_detail"),
    path("chuyen-muc/<slug:slug>/rss.xml", feeds.SectionFeed(), name="section_feed"),
    path("the/<slug:slug>/", views.tag_detail, name="tag_detail"),
    path("tim-kiem/", views.search, name="search"),
    path("rss.xml", feeds.NewestFeed(), name="rss"),
    path("atom.xml", feeds.NewestAtomFeed(), name="atom"),
]

"""Public addresses of stories, sections, tags, search and feeds."""

from django.urls import path, re_path

from articles import sharing, sitemaps, views
from articles.feeds import DepartmentFeed, SectionFeed, StoryFeed, in_format

STORY = r"^bai-viet/(?P<slug>(?:[a-z0-9-]+-)?)(?P<pk>[0-9]{1,15})/$"

app_name = "articles"
urlpatterns = [
    re_path(
        r"^bai-viet/(?P<slug>(?:[a-z0-9-]+-)?)(?P<pk>[0-9]{1,15})/$",
        views.article_detail,
        name="article_detail",
    ),
    path("tin/", views.story_list, name="story_list"),
    path("chuyen-muc/<slug:slug>/", views.section_detail, name="section_detail"),
    path("the/<slug:slug>/", views.tag_detail, name="tag_detail"),
    path("dinh-chinh/", views.correction_list, name="correction_list"),
    path("tim-kiem/", views.search, name="search"),
    re_path(
        r"^chia-se/bai-viet/(?P<pk>[0-9]{1,15})-(?P<key>[0-9a-f]{16})\.jpg$",
        sharing.picture,
        name="share_image",
    ),
    path("oembed", sharing.oembed, name="oembed"),
    path("rss.xml", in_format(StoryFeed, "rss.xml"), name="rss"),
    path("atom.xml", in_format(StoryFeed, "atom.xml"), name="atom"),
    path("feed.json", in_format(StoryFeed, "feed.json"), name="json_feed"),
    path("chuyen-muc/<slug:slug>/rss.xml", in_format(SectionFeed, "rss.xml"), name="section_feed"),
    path("chuyen-muc/<slug:slug>/atom.xml", in_format(SectionFeed, "atom.xml")),
    path("chuyen-muc/<slug:slug>/feed.json", in_format(SectionFeed, "feed.json")),
    # Units stand below stories, so the feeds of their stories are addressed from here.
    path("don-vi/<slug:slug>/rss.xml", in_format(DepartmentFeed, "rss.xml"), name="department_feed"),
    path("don-vi/<slug:slug>/atom.xml", in_format(DepartmentFeed, "atom.xml")),
    path("don-vi/<slug:slug>/feed.json", in_format(DepartmentFeed, "feed.json")),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-trang.xml", sitemaps.pages, name="sitemap_pages"),
    path("sitemap-bai-viet-<int:number>.xml", sitemaps.shard, name="sitemap_shard"),
    path("sitemap-tin-moi.xml", sitemaps.news, name="sitemap_news"),
]

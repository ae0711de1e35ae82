"""Public addresses of stories, sections, tags, search and feeds."""

from django.urls import path, re_path

from articles.public import feeds, sharing, sitemaps, views

STORY = r"^bai-viet/(?P<slug>(?:[a-z0-9-]+-)?)(?P<pk>[0-9]{1,15})/$"

app_name = "articles"
urlpatterns = [
    re_path(STORY, views.article_detail, name="article_detail"),
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
    re_path(
        r"^chuyen-muc/(?P<slug>[-\w]+)/chia-se-(?P<key>[0-9a-f]{16})\.jpg$",
        sharing.section_picture,
        name="section_share",
    ),
    path("oembed", sharing.oembed, name="oembed"),
    path("rss.xml", feeds.of_site("rss.xml"), name="rss"),
    path("atom.xml", feeds.of_site("atom.xml"), name="atom"),
    path("feed.json", feeds.of_site("feed.json"), name="json_feed"),
    path("chuyen-muc/<slug:slug>/rss.xml", feeds.of_section("rss.xml"), name="section_feed"),
    path("chuyen-muc/<slug:slug>/atom.xml", feeds.of_section("atom.xml")),
    path("chuyen-muc/<slug:slug>/feed.json", feeds.of_section("feed.json")),
    # `departments` may not import stories, so the feeds of a unit's stories are routed here.
    path("don-vi/<slug:slug>/rss.xml", feeds.of_unit("rss.xml"), name="department_feed"),
    path("don-vi/<slug:slug>/atom.xml", feeds.of_unit("atom.xml")),
    path("don-vi/<slug:slug>/feed.json", feeds.of_unit("feed.json")),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-trang.xml", sitemaps.pages, name="sitemap_pages"),
    path("sitemap-<slug:name>-<int:number>.xml", sitemaps.shard, name="sitemap_shard"),
    path("sitemap-tin-moi.xml", sitemaps.news, name="sitemap_news"),
]

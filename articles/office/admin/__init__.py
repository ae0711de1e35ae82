"""The newsroom's rooms for stories in the admin."""

from django.contrib import admin

from articles.office import (
    board_page,
    comment_pages,
    desk,
    figures_page,
    planning_page,
    reports,
    urgent_pages,
)
from articles.office.admin.article import ArticleAdmin
from articles.office.admin.register import PublishedArticleAdmin, SectionAdmin, TagAdmin
from articles.office.admin.routes import BreakGlassAdmin, ReviewRouteAdmin, UrgentWithdrawalAdmin
from articles.writing import answering

__all__ = [
    "ArticleAdmin",
    "BreakGlassAdmin",
    "PublishedArticleAdmin",
    "ReviewRouteAdmin",
    "SectionAdmin",
    "TagAdmin",
    "UrgentWithdrawalAdmin",
]

admin.site.pages += [
    *desk.urls(admin.site),
    *answering.urls(admin.site),
    *comment_pages.urls(admin.site),
    *board_page.urls(admin.site),
    *planning_page.urls(admin.site),
    *figures_page.urls(admin.site),
    *reports.urls(admin.site),
    *urgent_pages.urls(admin.site),
]

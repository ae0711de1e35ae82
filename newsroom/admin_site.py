"""Which admin site serves the back-office, and its words."""

from django.contrib import admin


class NewsroomAdminSite(admin.AdminSite):
    site_title = "Phòng biên tập"
    site_header = "Phòng biên tập"
    index_title = "Bàn làm việc"
    enable_nav_sidebar = False

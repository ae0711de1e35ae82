"""Public addresses of events."""

from django.urls import path, re_path

from events import views

app_name = "events"
urlpatterns = [
    path("", views.event_list, name="event_list"),
    path("lich.ics", views.calendar, name="calendar"),
    path("<slug:slug>/", views.event_detail, name="event_detail"),
    path("<slug:slug>/lich.ics", views.event_calendar, name="event_calendar"),
    path("<slug:slug>/chuong-trinh/<int:pk>.ics", views.item_calendar, name="item_calendar"),
    re_path(
        r"^(?P<slug>[-\w]+)/(?P<part_slug>chuong-trinh|dai-bieu|don-vi|anh)/$",
        views.event_rows,
        name="event_rows",
    ),
    re_path(
        r"^(?P<slug>[-\w]+)/chia-se-(?P<key>[0-9a-f]{16})\.jpg$", views.event_picture, name="event_share"
    ),
]

"""Public addresses of events."""

from django.urls import path

from events import views

app_name = "events"
urlpatterns = [
    path("", views.event_list, name="event_list"),
    path("lich.ics", views.calendar, name="calendar"),
    path("<slug:slug>/", views.event_detail, name="event_detail"),
    path("<slug:slug>/lich.ics", views.event_calendar, name="event_calendar"),
]

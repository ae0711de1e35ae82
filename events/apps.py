from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = "Sự kiện"

    def ready(self):
        import events.photo_uses  # noqa: F401, PLC0415 (tells the photo library; models are loaded by now)

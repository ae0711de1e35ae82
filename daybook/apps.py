from django.apps import AppConfig


class DaybookConfig(AppConfig):
    name = "daybook"
    verbose_name = "Tài liệu, tin nhanh của sự kiện"

    def ready(self):
        import daybook.photo_uses  # noqa: F401, PLC0415 (tells the photo library; models are loaded by now)

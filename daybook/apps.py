from django.apps import AppConfig


class DaybookConfig(AppConfig):
    name = "daybook"
    verbose_name = "Tài liệu, tin nhanh của sự kiện"

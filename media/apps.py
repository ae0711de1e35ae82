from importlib import import_module

from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "media"
    verbose_name = "Kho ảnh"

    def ready(self) -> None:
        import_module("media.deploy_checks")

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PagestoreConfig(AppConfig):
    name = "foundation.pagestore"
    verbose_name = "Kho trang"

    def ready(self) -> None:
        # What each room declares (`announcing`); a room with wings does so in the public one.
        autodiscover_modules("public_rows", "public.public_rows")

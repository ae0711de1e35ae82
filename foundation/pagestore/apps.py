from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PagestoreConfig(AppConfig):
    name = "foundation.pagestore"
    verbose_name = "Kho trang"

    def ready(self) -> None:
        # Import each room's declarations (`announcing`); in `articles` they are in the folder `public`.
        autodiscover_modules("public_rows", "public.public_rows")

from django.apps import AppConfig


class PagestoreConfig(AppConfig):
    name = "foundation.pagestore"
    verbose_name = "Kho trang"

from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "Bài viết"

    def ready(self):
        import articles.office.photo_uses  # noqa: F401, PLC0415 (tells the photo library; needs loaded models)

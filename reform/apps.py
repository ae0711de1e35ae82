from django.apps import AppConfig


class ReformConfig(AppConfig):
    name = "reform"
    verbose_name = "Sắp xếp đơn vị"

from django.apps import AppConfig
from django.core.checks import register

from second_factor.checks import check_roles


class SecondFactorConfig(AppConfig):
    name = "second_factor"
    verbose_name = "Lớp xác nhận thứ hai"

    def ready(self) -> None:
        register(check_roles)

from django.apps import AppConfig


class BcfportalConfig(AppConfig):
    name = "bcfportal"

    def ready(self):
        from bcfportal import checks  # noqa: F401

from django.apps import AppConfig


class BcfportalConfig(AppConfig):
    name = "bcfportal"

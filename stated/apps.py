from django.apps import AppConfig


class StatedConfig(AppConfig):
    name = "stated"

from django.apps import AppConfig


class StatedConfig(AppConfig):
    name = "stated"

    def ready(self) -> None:
        from stated import publishes

        publishes.register()

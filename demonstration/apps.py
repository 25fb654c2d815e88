from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "demonstration"

    def ready(self):
        from demonstration.clock import keep_time

        keep_time()

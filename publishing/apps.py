from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "publishing"
    # Its tables, migrations and permissions are called so.
    label = "reporting"

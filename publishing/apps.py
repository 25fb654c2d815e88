from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "publishing"

    def ready(self) -> None:
        from accounts.roles import Permission, Role
        from publishing import registry

        registry.register(
            registry.Subject("previews", place=0, permissions={Permission.PREVIEW: Role})
        )

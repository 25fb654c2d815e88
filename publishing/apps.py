from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "publishing"

    def ready(self) -> None:
        from accounts.roles import Permission, Role
        from publishing import registry
        from publishing.form_drafts.found import has_draft
        from typed.kept import register_drafts

        registry.register(
            registry.Subject("previews", place=0, permissions={Permission.PREVIEW: Role})
        )
        register_drafts(has_draft)

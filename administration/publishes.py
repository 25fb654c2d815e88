"""What a council's administrators work on, as the rest of the portal needs to know it."""

from accounts.roles import Permission, Role
from publishing import registry
from publishing.registry import Beginning, Subject, WorkPage


def register() -> None:
    """Says it. Called once, when the app is ready."""
    registry.register(
        Subject(
            "administration",
            place=90,
            work_pages=(
                WorkPage(
                    "administration",
                    "Administration",
                    "administration:start",
                    70,
                    (Permission.ADMINISTER,),
                ),
            ),
            beginnings=(
                Beginning(40, Permission.ADMINISTER, "Administration", "administration:start"),
            ),
            permissions={Permission.ADMINISTER: [Role.ADMINISTRATOR]},
        )
    )

"""Made-up drafts of savings for demonstration mode, marked as such. None of them is published."""

from datetime import timedelta

from finance.models import ChangeRequest, TemporaryPost
from finance.savings.records import save_change
from finance.savings.transitions import CHANGES
from projects.access import access_of

MADE_UP = "Made up for a demonstration; not from a paper."


def make_savings_demonstration(council, commissioner, today):
    """A post that ends soon, and a change that a commissioner asks for, once."""
    if TemporaryPost.objects.filter(council=council, slug="demonstration").exists():
        return
    TemporaryPost.objects.create(
        council=council,
        slug="demonstration",
        title="Demonstration post (made up)",
        fte=1,
        status=TemporaryPost.Status.ESTABLISHED,
        ends=today + timedelta(days=90),
        purpose=MADE_UP,
        source=MADE_UP,
    )
    project = council.projects.get(slug="connect")
    change = save_change(
        council,
        None,
        ChangeRequest.Kind.EXTENSION,
        {
            "project": project,
            "title": "Demonstration: Connect extended (made up)",
            "ends": today + timedelta(days=365),
            "reason": MADE_UP,
            "source": MADE_UP,
        },
        by=commissioner,
    )
    CHANGES.transition(
        "request", change.pk, by=commissioner, access=access_of(commissioner, council)
    )

"""For each constraint on drafts and their saves a record that breaks it."""

from accounts.models import User
from projects.models import Council
from publishing.models import FormDraft
from tests.ledger_breakers import NOW, saved


def a_draft(*, whose=False, typed=None, kept=True):
    """Of a form that is not sent."""
    by = User.objects.get(email="one@example.org")
    draft = FormDraft(
        council=Council.objects.first(), address="risks/new/", typed=typed or {}, version=1
    )
    draft.whose = by if whose else None
    draft.saved_by, draft.saved_at = by, NOW
    if not kept:
        draft.saved_by = draft.saved_at = None
    return saved(draft) if kept else draft


def save_breakers(copy_of, name, model, section):
    """Of the saves of a section that is typed."""

    def save(**changes):
        by, at = User.objects.get(email="one@example.org"), NOW
        given = {"section": section(), "version": 1, "how": "saved", "by": by, "at": at}
        return model(**given | changes)

    return {
        f"{name}_once_in_version": lambda: copy_of(saved(save())),
        f"{name}_restored_from_a_version": lambda: save(restored_from=1),
    }

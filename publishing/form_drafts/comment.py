"""A form of one box: the comment that stays with a decision."""

from typing import Any

from django import forms
from django.http import HttpRequest

from publishing.form_drafts.form import KeptForm

BOX = "words"


class CommentForm(forms.Form):
    """How much is too much, and where a comment is needed, is said by what is decided."""

    def __init__(self, *args: Any, label: str, box: str = BOX, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[box] = forms.CharField(required=False, strip=False, label=label)


def comment_typed(request: HttpRequest, kept: KeptForm | None, box: str = BOX) -> str:
    """The comment typed beside a decision; the database holds no null characters."""
    text = kept.parts[0][box].value() if kept else request.POST.get(box, "")
    return str(text or "").replace("\x00", "")

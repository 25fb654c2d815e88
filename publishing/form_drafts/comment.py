"""A form of one box: the comment that stays with a decision, in the words of who decides."""

from dataclasses import replace
from typing import Any, cast

from django import forms
from django.http import HttpRequest

from publishing.form_drafts.form import About, KeptForm

BOX = "words"
# What the page sends, or its address has, to say which of its forms is meant.
FORM = "form"


class CommentForm(forms.Form):
    """How much is too much, and where a comment is needed, is said by what is decided.

    ``of`` names what is decided, among the forms that the page has by turns.
    """

    def __init__(self, *args: Any, label: str, box: str = BOX, of: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = of
        self.fields[box] = forms.CharField(required=False, strip=False, label=label)


def kept_comment(
    request: HttpRequest, about: About, of: str, *, label: str, box: str = BOX
) -> KeptForm | None:
    """The form with what this person typed into it: nobody else gives words as their own.

    None where nothing is decided, and where what was posted was typed about something else, for
    words of a refusal are no reason for what can be done since.
    """
    asked = request.POST.get(FORM) or request.GET.get(FORM)
    if not of or (asked != of if asked else request.method == "POST"):
        return None
    about = replace(about, own=True, key=f"?{FORM}={of}")
    return KeptForm(request, about, lambda data: [CommentForm(data, label=label, box=box, of=of)])


def still_of(kept: KeptForm | None, of: str) -> KeptForm | None:
    """The kept form, where what is decided on the page is still what its words are of."""
    return kept if kept and cast(CommentForm, kept.parts[0]).of == of else None


def comment_form(kept: KeptForm | None, of: str, label: str) -> CommentForm | None:
    """The form that a page shows, filled where what is typed into it is kept; none of nothing."""
    if kept:
        return cast(CommentForm, kept.parts[0])
    return CommentForm(label=label, of=of) if of else None


def comment_typed(request: HttpRequest, kept: KeptForm | None, box: str = BOX) -> str:
    """The comment typed beside a decision; the database holds no null characters."""
    text = kept.parts[0][box].value() if kept else request.POST.get(box, "")
    return str(text or "").replace("\x00", "")

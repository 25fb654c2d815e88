"""Whether what was sent and refused is kept all the same, as a draft: whoever keeps drafts says."""

from collections.abc import Callable, Collection

from django.http import HttpRequest

# What was sent, and its texts: whether all of these are kept for the person who sent them.
Finder = Callable[[HttpRequest, Collection[str]], bool]
_FINDERS: list[Finder] = []


def register_drafts(finder: Finder) -> None:
    """Registers how drafts of forms are found, when the app is ready."""
    _FINDERS.append(finder)


def is_kept(request: HttpRequest, texts: Collection[str]) -> bool:
    """Whether all of the texts are in a draft that the person finds again on the page."""
    return bool(texts) and any(finder(request, texts) for finder in _FINDERS)

"""The pages of a section's earlier saves: the list, and one of them with its restoring.

They know no subject: its views say by ``KeptSection`` what their section is called, and how it is
saved.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest
from django.http.response import HttpResponse
from django.shortcuts import redirect

from bcfportal.lib.text.differences import Piece, excerpts, word_changes
from projects.access import Access
from projects.models import Council
from publishing.history import How, Restored, unwritten
from publishing.models.drafts import DraftSave, DraftSection
from publishing.pages import render_working_page
from publishing.workflow import NotNow
from typed.seen import REST, Seen, Stale, mark_of

ON_PAGE = 20
# Of each save in the list so many boxes are shown, and so many signs of what went in or out.
MOST_BOXES, LONGEST_PIECE = 5, 300


@dataclass(frozen=True)
class KeptSection:
    """A section whose earlier saves are shown, with what its subject says of it."""

    section: DraftSection
    title: str
    subject: str
    # (address, words) of the pages on the way to it, the last of them its own.
    steps: list[tuple[str, str]]
    # Where the list of its saves is; each save is beneath it, by its version.
    address: str
    menu: str
    council: Council
    access: Access
    # What each box is called on its page, in its order there, and what a text in it is shown as.
    labels: Mapping[str, str]
    in_words: Callable[[str, str], str]
    may_write: bool
    # Why it cannot be written now, and what to do; "" where it can.
    why_not: str
    # Saves texts as ``publishing.drafts.save_boxes`` does, ``by`` a person with this ``access``.
    save: Callable[..., DraftSection]
    # What its pages call it.
    kind: str = "section"
    # Where one of its saves is, with {} for the version, if that is not beneath the list.
    one_address: str = ""
    # What is in its boxes before anything is typed.
    begun: Mapping[str, str] | None = None

    def address_of(self, version: int) -> str:
        """Where one of its saves is."""
        return (self.one_address or f"{self.address}{{}}/").format(version)

    def texts_of(self, save: DraftSave | DraftSection | None) -> Mapping[str, str]:
        """What stood in the boxes; with nothing typed it is what they begin with."""
        return (save.typed if save else {}) or self.begun or {}

    @property
    def may_restore(self) -> bool:
        return self.may_write and not self.why_not

    def called(self, field: str) -> str:
        """What a box is called; one that the page no longer has says so."""
        return self.labels.get(field) or "A box that is no longer on the page"

    def read(self, section: DraftSection) -> dict[str, str]:
        """What a person sees to stand, by what each box is called."""
        said = {REST: "read"}
        for field, text in section.typed.items():
            # Boxes that are no longer on the page are called alike.
            said[self.called(field)] = said.get(self.called(field), "") + text
        return said

    def changes(self, before: Mapping[str, str], after: Mapping[str, str]) -> "list[BoxChange]":
        """What is otherwise in each box, in the order of the page."""
        order = {field: place for place, field in enumerate(self.labels)}
        fields = sorted(
            dict.fromkeys((*before, *after)), key=lambda field: order.get(field, len(order))
        )
        return [
            BoxChange(
                field,
                self.called(field),
                self.in_words(field, before.get(field, "")),
                self.in_words(field, after.get(field, "")),
            )
            for field in fields
            if before.get(field, "") != after.get(field, "")
        ]


@dataclass(frozen=True)
class BoxChange:
    """One box that two saves have otherwise, in the words of its page."""

    field: str
    label: str
    before: str
    after: str

    @property
    def pieces(self) -> list[Piece]:
        return _readable(word_changes(self.before, self.after))

    @property
    def short(self) -> list[Piece]:
        """The change with a few words round it; what is long is cut."""
        return [(kind, _cut(text)) for kind, text in excerpts(self.pieces)]


@dataclass(frozen=True)
class Entry:
    """A save in the list: what it changed, how many more boxes, and whether it is what stands."""

    save: DraftSave
    address: str
    changes: list[BoxChange]
    more: int
    stands: bool
    # Whether the section holds other texts now, so that these can be restored.
    differs: bool

    @property
    def title(self) -> str:
        return manner(self.save)


def manner(save: DraftSave) -> str:
    """How it was saved, in words."""
    if save.how == How.RESTORED:
        return f"Restored from version {save.restored_from}"
    return How(save.how).label


def _readable(pieces: list[Piece]) -> list[Piece]:
    """A text of which nothing stayed is divided from the new one by an arrow."""
    if [kind for kind, _ in pieces] == ["out", "in"]:
        return [pieces[0], ("gap", " → "), pieces[1]]
    return pieces


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_PIECE else f"{text[:LONGEST_PIECE].rstrip()} …"


def show_list(request: HttpRequest, kept: KeptSection) -> HttpResponse:
    """The saves of the section, latest first, each with what it changed."""
    section = kept.section
    page: Page = Paginator(_saves(section), ON_PAGE).get_page(request.GET.get("page"))
    on_first = page.number == 1
    # One more than the page has, for what its last one changed.
    start, listed = max(page.start_index() - 1, 0), len(page.object_list)
    rows = list(_saves(section)[start : start + ON_PAGE + 1])
    if on_first and (stands := unwritten(section, next(iter(rows), None))):
        rows.insert(0, stands)
        listed += 1
    entries = [
        _entry(kept, save, before)
        for save, before in zip(rows[:listed], [*rows[1:], None], strict=False)
    ]
    can_undo = on_first and kept.may_restore and len(rows) > 1
    undoes = rows[1] if can_undo and rows[0].how == How.RESTORED else None
    return _render(
        request,
        "publishing/earlier_saves.html",
        kept,
        page=page,
        entries=entries,
        undoes=undoes,
        undo_address=kept.address_of(undoes.version) if undoes else "",
        seen=mark_of(kept.read(section)),
    )


def _saves(section: DraftSection) -> Any:
    if section.pk is None:
        return []
    return section.saves.select_related("by")


def _entry(kept: KeptSection, save: DraftSave, before: DraftSave | None) -> Entry:
    changes = kept.changes(kept.texts_of(before), kept.texts_of(save))
    return Entry(
        save,
        kept.address_of(save.version),
        changes[:MOST_BOXES],
        len(changes[MOST_BOXES:]),
        stands=save.version == kept.section.version,
        differs=kept.texts_of(save) != kept.texts_of(kept.section),
    )


def show_one(request: HttpRequest, make: Callable[[], KeptSection], version: int) -> HttpResponse:
    """One save, with what restoring it would change; posted, it is restored.

    ``make`` reads the section, and reads it again where it was changed meanwhile.
    """
    kept = make()
    save = _saves(kept.section).filter(version=version).first() if kept.section.pk else None
    if save is None:
        raise Http404("There is no such save.")
    if request.method != "POST":
        return _show_one(request, kept, save)
    if not kept.may_write:
        raise PermissionDenied
    seen = Seen(request.POST.get("seen", ""), kept.read)
    stood = kept.section.version
    try:
        section = kept.save(
            save.typed,
            version=stood,
            restored=Restored(save.version, seen),
            by=request.user,
            access=kept.access,
        )
    except (NotNow, Stale) as reason:
        return _show_one(request, make(), save, reason=str(reason), status=409)
    if section.version == stood:
        messages.info(request, f"{kept.title} is already as it was in version {save.version}.")
    else:
        messages.success(
            request,
            f"{kept.title} is as it was in version {save.version}. Nothing is lost: what stood "
            "before is version "
            f"{stood}, and you can go back to it.",
        )
    return redirect(kept.address)


def _show_one(
    request: HttpRequest, kept: KeptSection, save: DraftSave, *, reason: str = "", status: int = 200
) -> HttpResponse:
    before = _saves(kept.section).filter(pk__lt=save.pk).first()
    return _render(
        request,
        "publishing/earlier_save.html",
        kept,
        status=status,
        save=save,
        trail=[*kept.steps, (kept.address, "Earlier saves")],
        here=f"Version {save.version}",
        manner=manner(save),
        restoring=kept.changes(kept.texts_of(kept.section), kept.texts_of(save)),
        changed=kept.changes(kept.texts_of(before), kept.texts_of(save)),
        address=kept.address_of(save.version),
        before=before,
        reason=reason,
        seen=mark_of(kept.read(kept.section)),
    )


def _render(
    request: HttpRequest, template: str, kept: KeptSection, status: int = 200, **context: Any
) -> HttpResponse:
    return render_working_page(
        request, template, kept.council, kept.access, kept.menu, status=status, kept=kept, **context
    )

"""A form of a page that is sent whole, with what is typed into it kept until then.

A view makes a ``KeptForm`` once it knows that the person may send the form: whoever may not neither
sees nor writes what is typed. See docs/decisions/0031-drafts-of-forms.md.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

from crispy_forms_gds.layout import Submit
from django.contrib import messages
from django.db import transaction
from django.forms import BoundField
from django.forms.utils import ErrorDict
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from accounts.models import User
from bcfportal.lib import clock
from projects.access import Access
from projects.models import Council
from publishing import earlier_saves
from publishing.autosave import answer_as_json, said_of, version_of
from publishing.drafts import save_boxes
from publishing.form_drafts.clearing import address_in
from publishing.form_drafts.current import Current, FormOfARecord, labels_of, of_fields
from publishing.history import How, Restored, last_save, write_down
from publishing.models import FormDraft
from publishing.workflow import NotNow
from typed.carrying import wants_json
from typed.field_texts import boxes_of, fields_of, in_words, sent_in
from typed.forms import Make, say_clashes
from typed.merging import Clash, Conflict, merge, read_was, write_was
from typed.seen import Stale

# So many forms of one council may wait with something typed in them.
MOST_DRAFTS = 2_000
SAVES = "saves"
ENDED = (
    "What was typed here was sent or discarded while you were writing. The boxes hold what came of "
    "it, and what you typed since."
)
CHANGED = (
    "What this form is about was changed while you were writing. That is in the boxes with what "
    "you typed: read it, then send it."
)
ANOTHER = (
    "You began another one in another window, which is not sent. Nothing of it is in the boxes "
    "here: send it or discard it there, then send this one."
)
SECONDARY = "govuk-button--secondary"


@dataclass(frozen=True)
class About:
    """What the pages of a form say of it.

    ``steps`` are (address, words) of the pages on the way to it. A form that adds something is
    ``own``: each person adds another thing. All others are shared by those who may send them.
    ``key``, a query, tells several forms of one address apart.
    """

    council: Council
    access: Access
    menu: str
    title: str
    subject: str
    steps: list[tuple[str, str]]
    own: bool = False
    key: str = ""


class KeptForm:
    """A form of a page, shown with what was typed into it, saved, discarded or sent.

    ``answer`` is the whole answer, where the form is only saved or its earlier saves are shown.
    ``is_sent`` says whether it is to be sent now: then ``parts`` are read as any form is, and what
    is done stands within ``sending``. What is sent and refused stays kept as it was typed.
    """

    def __init__(self, request: HttpRequest, about: About, make: Make) -> None:
        self.request, self.about = request, about
        self.user = cast(User, request.user)
        self.form = FormOfARecord(make)
        self.draft = self._draft()
        self.parts = self.form.fresh
        # Why it is not sent, in a sentence, and the boxes that somebody else changed otherwise.
        self.problem, self.clashes = "", list[Clash]()
        # Whether something is typed that is not sent, and whether its record has changed since.
        self.is_sent = self.is_kept = self.is_of_before = False
        self.answer: HttpResponse | None = None
        if SAVES in request.GET:
            self.answer = self._earlier_saves(request.GET[SAVES])
        elif request.method != "POST":
            self._show()
        elif "discard" in request.POST:
            self.answer = self._discarded()
        else:
            self._take()

    # What is kept.

    @property
    def _key(self) -> dict[str, Any]:
        path = address_in(self.about.council, self.request.path)
        whose = self.user if self.about.own else None
        return {
            "council": self.about.council,
            "address": f"{path}{self.about.key}",
            "whose": whose,
        }

    def _draft(self) -> FormDraft:
        draft = FormDraft.objects.filter(**self._key).select_related("saved_by").first()
        return draft or FormDraft(**self._key)

    def _locked(self) -> FormDraft:
        """The draft, locked, with what the form says by now in it."""
        if not FormDraft.objects.filter(**self._key).exists():
            drafts = FormDraft.objects.filter(council=self.about.council).exclude(typed={})
            if drafts.count() >= MOST_DRAFTS:
                raise NotNow(
                    f"{MOST_DRAFTS:,} forms of this council wait with something typed in them: "
                    "send some, or discard what is in them."
                )
            FormDraft.objects.get_or_create(**self._key)
        drafts = FormDraft.objects.select_for_update(of=("self",)).select_related("saved_by")
        draft = drafts.get(**self._key)
        current = self.form.current(draft)
        draft.typed, draft.begun = current.filled, current.begun
        return draft

    # What is shown.

    def _show(self) -> None:
        current = self.form.current(self.draft)
        self._notice(current)
        if self.is_kept:
            self.parts = self.form.make(self.form.data(current.boxes))
            for part in self.parts:
                for form in getattr(part, "forms", [part]):
                    # A draft is not an error: it is read once it is sent.
                    form._errors, form.cleaned_data = ErrorDict(), {}
            say_clashes(self.parts, current.clashes)
        self._mark(current.boxes)

    def _notice(self, current: Current) -> None:
        self.is_kept = bool(self.draft.pk and self.draft.typed) and current.texts != self.form.now
        begun = self.draft.begun
        self.is_of_before = self.is_kept and any(
            begun.get(name, "") != text for name, text in self.form.now.items()
        )

    def _mark(self, boxes: Mapping[str, str]) -> None:
        """Says on the first part what its page shows, and gives it a button that only saves."""
        first = self.parts[0]
        first.was, first.version = write_was(dict(boxes)), self.draft.version
        helper = getattr(first, "helper", None)
        if helper is not None and helper.form_tag:
            helper.attrs = {**helper.attrs, "data-autosave": ""}
            helper.layout.append(Submit("draft", "Save as draft", css_class=SECONDARY))
            if self.is_kept:
                helper.layout.append(
                    Submit("discard", "Discard what is typed", css_class=SECONDARY)
                )

    @property
    def address(self) -> str:
        """Where the form is."""
        return self._address({})

    @property
    def saves_address(self) -> str:
        return self._address({SAVES: "all"})

    def _address(self, query: Mapping[str, str]) -> str:
        kept = self.request.GET.copy()
        for name in (SAVES, "page"):
            kept.pop(name, None)
        if query:
            # Its saves are those of this form of the address, whatever form the page has by then.
            for name, value in QueryDict(self.about.key.removeprefix("?")).items():
                kept[name] = str(value)
        for name, value in query.items():
            kept[name] = value
        return f"{self.request.path}?{kept.urlencode()}" if kept else self.request.path

    @property
    def held(self) -> list[tuple[str, str]]:
        """(name, text) of each box as it was read, for a page that asks before it is sent."""
        return [
            (box, text)
            for part in self.parts
            for bound in fields_of([part]).values()
            for box in boxes_of(bound)
            for text in part.data.getlist(box)
        ]

    # What is posted.

    def _take(self) -> None:
        """Keeps what was posted; then it is to be sent, if that is what was pressed."""
        posted = self.request.POST
        # A page that goes away sends only what was changed, and nothing else of the form.
        whole = not wants_json(self.request) or "press" in posted
        fields: Mapping[str, BoundField] = (
            fields_of(self.form.make(posted)) if whole else self.form.current(self.draft).fields
        )
        boxes = sent_in(fields, posted, whole=whole)
        answer = self._save(boxes)
        if wants_json(self.request):
            self.answer = answer_as_json(answer, boxes, labels_of(fields), kind="form")
        elif "draft" in posted and "saved" in answer:
            messages.success(self.request, "Saved as a draft. It is not sent.")
            self.answer = redirect(self.address)
        else:
            self._show_again(answer, fields, boxes)

    def _save(self, boxes: dict[str, str]) -> dict[str, Any]:
        """Keeps what was typed: {"saved"}, {"conflict"} or {"reason"} of the refusal."""
        posted, before = self.request.POST, self.draft
        current = self.form.current(before)
        was: dict[str, str] | None = read_was(posted.get("was"), posted.get("underway", ""))
        if was is None and before.writers in ([], [self.user.pk]):
            # The page does not say what it showed, but nobody else has typed anything.
            was = read_was(write_was(current.boxes))
        knows = not self.about.own or version_of(self.request) == before.version
        if was is not None and not knows and self.form.is_of_another(was, boxes, current):
            self.draft = FormDraft(**self._key)
            return {"reason": ANOTHER}
        merged = merge(was, boxes, current.boxes)
        if before.pk is None and merged.boxes == current.boxes and not merged.clashes:
            before.typed, before.saved_at = current.filled, clock.now()
            return {"saved": before}
        by_itself = wants_json(self.request) or "draft" not in posted
        try:
            saved = save_boxes(
                self._locked,
                boxes,
                version=-1,
                by=self.user,
                was=was,
                whole=False,
                only_new=True,
                how=How.ITSELF if by_itself else How.SAVED,
            )
        except Conflict as conflict:
            if self._is_latest(before):
                conflict.by = None
            return {"conflict": conflict}
        except NotNow as reason:
            return {"reason": str(reason)}
        saved.saved_at = saved.saved_at or clock.now()
        return {"saved": saved}

    def _is_latest(self, draft: FormDraft) -> bool:
        """Whether nobody typed since the page was opened: what is otherwise is of the record."""
        return version_of(self.request) == draft.version

    def _show_again(
        self, answer: dict[str, Any], fields: Mapping[str, BoundField], boxes: dict[str, str]
    ) -> None:
        """Shows what is kept by now with what was typed, and says why it is not to be sent."""
        before, posted = self.draft, self.request.POST
        conflict: Conflict | None = answer.get("conflict")
        self.draft = conflict.section if conflict else answer.get("saved", before)
        if "reason" in answer:
            self.problem = answer["reason"]
            stands, kept = boxes, self.form.current(self.draft).boxes
        else:
            kept = self.draft.typed
            stands = {box: kept.get(box, "") for box in {*boxes, *kept}}
        if conflict:
            self.clashes = conflict.clashes
            stands |= {clash.field: clash.mine for clash in self.clashes}
            if conflict.by:
                self.problem = said_of(conflict, "form")
        elif before.pk and any(boxes[box] != stands[box] for box in boxes):
            if before.typed:
                self.problem = CHANGED if self._is_latest(before) else _typed_meanwhile(before)
            elif version_of(self.request) > 0:
                self.problem = ENDED
        self.is_sent = not ("draft" in posted or self.problem or self.clashes)
        self.parts = self.form.make(self.form.data(stands, posted))
        if self.clashes:
            say_clashes(self.parts, of_fields(fields, self.clashes, boxes, kept))
        self._notice(self.form.current(self.draft))
        self._mark(kept)

    def _discarded(self) -> HttpResponse:
        """Empties the draft, if it is the one that the page showed; its saves stay."""
        with transaction.atomic():
            draft = FormDraft.objects.select_for_update().filter(**self._key).first()
            if draft and str(draft.version) == self.request.POST.get("version"):
                last = last_save(draft)
                draft.typed, draft.begun, draft.version = {}, {}, draft.version + 1
                draft.saved_by, draft.saved_at = self.user, clock.now()
                draft.save()
                write_down(draft, How.SAVED, last)
                said = "What was typed is discarded. You can restore it from its earlier saves."
                messages.success(self.request, said)
            else:
                said = "Nothing is discarded: the form was changed or sent since you opened it."
                messages.error(self.request, said)
        return redirect(self.address)

    @contextmanager
    def sending(self) -> Iterator[list[User]]:
        """The form is sent by what stands within: then nothing of it is kept, or nothing is done.

        Gives everyone who typed into it. Raises NotNow where it was sent or typed into meanwhile.
        """
        with transaction.atomic():
            draft = FormDraft.objects.select_for_update().filter(**self._key).first()
            if draft and draft.version != self.draft.version:
                raise NotNow("This form was sent or typed into while you sent it. Open it again.")
            if draft is None:
                yield []
                return
            yield list(User.objects.filter(pk__in=draft.writers))
            draft.typed, draft.begun, draft.writers = {}, {}, []
            draft.version += 1
            draft.saved_by, draft.saved_at = None, clock.now()
            draft.save()
            draft.saves.all().delete()

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """Where what stands within is refused, ``problem`` says why."""
        try:
            yield
        except (NotNow, Stale) as reason:
            self.problem = str(reason)

    # Its earlier saves.

    def _earlier_saves(self, which: str) -> HttpResponse:
        if which == "all" and self.request.method != "POST":
            return earlier_saves.show_list(self.request, self._kept_section())
        if not (which.isascii() and which.isdigit() and len(which) < 10):
            raise Http404("There is no such save.")
        return earlier_saves.show_one(self.request, self._kept_section, int(which))

    def _kept_section(self) -> earlier_saves.KeptSection:
        draft, about = self._draft(), self.about
        current = self.form.current(draft)
        draft.typed = current.filled
        of_boxes = {box: bound for bound in current.fields.values() for box in boxes_of(bound)}

        def said(box: str, text: str) -> str:
            bound = of_boxes.get(box)
            return in_words(bound, text) if bound and boxes_of(bound) == [box] else text

        def save(
            typed: dict[str, str], *, version: int, restored: Restored, by: User, access: Access
        ) -> FormDraft:
            return save_boxes(self._locked, typed, version=version, by=by, restored=restored)

        return earlier_saves.KeptSection(
            section=draft,
            title=about.title,
            subject=about.subject,
            steps=[*about.steps, (self.address, about.title)],
            address=self.saves_address,
            one_address=self._address({SAVES: "VERSION"}).replace("VERSION", "{}"),
            menu=about.menu,
            council=about.council,
            access=about.access,
            labels=labels_of(current.fields),
            in_words=said,
            may_write=True,
            why_not="",
            save=save,
            kind="form",
            begun=self.form.current(FormDraft()).filled,
        )


def _typed_meanwhile(draft: FormDraft) -> str:
    by, at = draft.saved_by, draft.saved_at
    who = by.post_at(at) if by and at else "Somebody else"
    return (
        f"{who} typed into this form while you were writing. That is in the boxes with what you "
        "typed: read it, then send it."
    )

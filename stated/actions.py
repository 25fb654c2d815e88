"""What writes what was said to come, and what is said of it since."""

from datetime import date

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from bcfportal.lib import clock
from bcfportal.lib.text.said_days import SaidDay
from projects.models import Council, Project
from publishing.models import Return
from publishing.workflow import NotNow
from stated.models import PromiseAnswer, StatedPromise

ENDED = "It was said meanwhile that this is done or dropped, so nothing more is said of it."


def _recorded(by: User) -> dict:
    return {"recorded_by": by, "recorded_at": clock.now()}


def _days(when: str, said: SaidDay | None) -> dict:
    days = said or (None, None)
    return {"when_as_said": when, "first_day": days[0], "last_day": days[1]}


@transaction.atomic
def record_promise(
    council: Council,
    *,
    by: User,
    about: str,
    what: str,
    owner_post: str,
    when: str,
    said: SaidDay | None,
    said_in: str,
    said_on: date,
    project: Project | None = None,
    of_return: Return | None = None,
) -> StatedPromise:
    """Writes down something that was said to come; it gets the council's next number."""
    Council.objects.select_for_update().get(pk=council.pk)
    last = council.stated_promises.aggregate(last=Max("number"))["last"] or 0
    promise = StatedPromise(
        council=council,
        number=last + 1,
        project=project,
        about=about,
        what=what,
        owner_post=owner_post,
        said_in=said_in,
        said_on=said_on,
        of_return=of_return,
        **_days(when, said),
        **_recorded(by),
    )
    promise.full_clean()
    promise.save()
    return promise


@transaction.atomic
def record_answer(
    *,
    by: User,
    state: str,
    text: str,
    when: str = "",
    said: SaidDay | None = None,
    promise: StatedPromise | None = None,
    of_return: Return | None = None,
    told_in: str = "",
    told_on: date | None = None,
    told_in_return: Return | None = None,
) -> PromiseAnswer:
    """Writes down what was said of a promise: what was said before stays as it was.

    Raises NotNow where somebody said elsewhere meanwhile that it is done or dropped.
    """
    said_of = {"promise": promise, "of_return": of_return}
    record = promise or of_return
    if record is not None:
        type(record)._default_manager.select_for_update().filter(pk=record.pk).first()
    before = PromiseAnswer.objects.filter(**said_of).exclude(told_in_return=told_in_return)
    if told_in_return is None:
        before = PromiseAnswer.objects.filter(**said_of)
    if before.filter(state__in=("kept", "dropped")).exists():
        raise NotNow(ENDED)
    now = clock.now()
    answer = PromiseAnswer(
        **said_of,
        state=state,
        text=text,
        by_post=by.post_at(now),
        told_in=told_in,
        told_on=told_on or clock.today(),
        told_in_return=told_in_return,
        **_days(when, said),
        **_recorded(by),
    )
    answer.full_clean()
    answer.save()
    return answer

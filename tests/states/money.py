"""Finance reports, changes and options of savings, their records, and uploads to the ledger."""

from datetime import date
from functools import partial

from accounts.roles import Permission
from bcfportal.lib import clock
from finance.ledger.taking_back import outlook, take_back
from finance.ledger.uploading import apply, take
from finance.models import (
    ChangeRequest,
    LedgerUpload,
    LedgerWork,
    Saving,
    SavingsPaper,
    TemporaryPost,
)
from finance.monitoring.actions import correct
from finance.monitoring.actions import submit as submit_money
from finance.monitoring.transitions import MONITORING
from finance.savings.paper_transitions import PAPERS
from finance.savings.records import save_change, save_option
from finance.savings.transitions import CHANGES, OPTIONS
from projects.approval import change_approval
from tests.ledger_files import csv_file
from tests.money import CAPITAL, LINES, RESERVES, draft
from tests.states.walking import AUTHOR, Press, Subject, World, form_on, holders

FINANCE = "finance officer"
MONEY = "money/2018-19-m02/1/"
REPORTS = ("draft", "submitted", "approved", "published", "given up")
SIGNED = ("draft", "submitted", "signed", "approved")
OFFICER = "performance officer"
CORRECTING = "published, being corrected"


def _report(world: World, state, signed=""):
    """A finance report that the author wrote, decided on by the finance officer.

    ``signed`` is the role that signs it first.
    """
    if signed:
        given = {"why": "Because.", "by": world.people["administrator"]}
        change_approval(world.council, "", of_finance=signed, **given)
    keeper, wanted = world.people[AUTHOR], state.partition(",")[0]
    report = draft(world.council, keeper, reserves=RESERVES, capital=CAPITAL)
    for action in ("submit", *(["countersign"] if signed else []), "approve", "publish"):
        report.refresh_from_db()
        if wanted in (report.status, "given up"):
            break
        if action == "submit":
            submit_money(report.pk, **world.by(AUTHOR))
        elif action == "countersign":
            MONITORING.transition(action, report.pk, **world.by(signed))
        else:
            MONITORING.transition(action, report.pk, **world.by(FINANCE))
    if wanted == "given up":
        MONITORING.transition("give up", report.pk, **world.by(AUTHOR))
    report.refresh_from_db()
    assert report.status == wanted
    if state == CORRECTING:
        correct(report, why="A slip.", **world.by(AUTHOR))
    world.at = {"report": report}


def _of_reports(world, signed=""):
    keepers = holders(Permission.KEEP_MONEY)
    both = (Permission.KEEP_MONEY, Permission.REVIEW)
    found = [
        Press(
            f"save {name}",
            f"{MONEY}{name}/",
            partial(_money_section, name=name, typed=typed),
            keepers,
            frozenset({"draft"}),
        )
        for name, typed in (("lines", LINES), ("reserves", RESERVES), ("capital", CAPITAL))
    ]
    for action, transition in MONITORING.table.items():
        may = holders(*both, author=not transition.not_by_author)
        states = transition.sources
        if action == "countersign":
            may, states = frozenset({signed} - {""}), states if signed else ()
        elif action == "sign again":
            # A signature that stands is not asked for again: tests/test_signatures_that_lapse.py.
            states = frozenset()
        elif action == "approve" and signed:
            # Who signed it does not approve it.
            may, states = may - {signed}, states - {"submitted"}
        # What is published stays what it was while it is corrected.
        publishes = action == "publish"
        found.append(
            Press(
                action,
                f"{MONEY}publish/" if publishes else MONEY,
                {"confirm": "yes"} if publishes else {"action": action, "words": "Because."},
                keepers if transition.who == {Permission.KEEP_MONEY} else may,
                frozenset(map(str, states)),
            )
        )
    found.append(
        Press(
            "correct",
            MONEY,
            {"action": "correct", "words": "A slip."},
            keepers,
            frozenset({"approved", "published"}),
        )
    )
    again = {"year": "2018/19", "month": "2"}
    found.append(Press("begin it again", "money/", again, keepers, frozenset({"given up"})))
    about = {"as_at": "30 May 2018", "meeting": "Board"}
    found.append(Press("change its day", f"{MONEY}about/", about, keepers, frozenset({"draft"})))
    return found


def _money_section(world, state, name, typed):
    section = world.at["report"].sections.filter(name=name).first()
    first = next(iter(typed))
    return typed | {first: "0.010", "version": section.version if section else 0}


def _change(world: World, state):
    saving = world.council.savings.get(slug="project")
    given = {"title": "Moved", "reason": "Slower.", "saving": saving, "amount": 600}
    given |= {"from_year": 2018, "to_year": 2019}
    author, decider = world.by(AUTHOR), world.by(FINANCE)
    change = save_change(world.council, None, "re-profiling", given, by=author["by"])
    for action in {
        "draft": (),
        "requested": ("request",),
        "agreed": ("request", "agree"),
        "refused": ("request", "refuse"),
        "withdrawn": ("withdraw",),
    }[state]:
        by = decider if action in ("agree", "refuse") else author
        CHANGES.transition(action, change.pk, comment="Because.", **by)
    assert ChangeRequest.objects.get(pk=change.pk).status == state
    world.at = {"number": change.number, "saving": saving}


def _of_changes(world):
    at = f"savings/changes/{world.at['number']}/"
    proposers = frozenset({"commissioner", FINANCE, AUTHOR})
    deciders = holders(Permission.AGREE_CHANGES, author=False)
    found = [
        Press(
            action,
            at,
            {"action": action, "words": "Because."},
            deciders if transition.not_by_author else proposers,
            frozenset(map(str, transition.sources)),
        )
        for action, transition in CHANGES.table.items()
    ]
    sends = {"saving": world.at["saving"].pk, "amount": "500", "reason": "Much slower."}
    sends |= {"from_year": "2018/19", "to_year": "2019/20"}
    return [*found, Press("write it", f"{at}edit/", sends, proposers, frozenset({"draft"}))]


OPTION = {"title": "Do more", "proposal": "More.", "reasons": "Money.", "signed_by": "Director"}


def _option(world: World, state):
    given = OPTION | {"project": world.quarter.project, "signed_when": "November 2018"}
    author, decider = world.by(AUTHOR), world.by(FINANCE)
    option = save_option(world.council, None, given, [], [], by=author["by"])
    world.at = {"option": option}
    wanted, _, reported = state.partition(", ")
    if wanted != "draft":
        OPTIONS.transition("put forward", option.pk, **author)
    if wanted in ("agreed", "refused"):
        action = "agree" if wanted == "agreed" else "refuse"
        OPTIONS.transition(action, option.pk, comment="Because.", **decider)
    if reported:
        days = {"dated": date(2019, 1, 1), "as_at": date(2018, 12, 31)}
        paper = SavingsPaper(council=world.council, slug="next", title="Next", **days)
        PAPERS.transition("publish", paper, **decider)
    option.refresh_from_db()
    assert option.status == wanted
    assert bool(option.paper_id) == bool(reported)


def _of_options(world):
    slug = world.at["option"].slug
    decide, edit = f"options/decide/{slug}/", f"options/edit/{slug}/"
    proposers = frozenset({"commissioner", FINANCE, AUTHOR})
    deciders = holders(Permission.AGREE_CHANGES, author=False)
    drafts, forward = frozenset({"draft"}), frozenset({"put forward", "put forward, reported"})
    words = {"words": "Because."}
    return [
        Press("put forward", decide, {"action": "put forward"}, proposers, drafts),
        Press("agree", decide, {"action": "agree"} | words, deciders, forward),
        Press("refuse", decide, {"action": "refuse"} | words, deciders, forward),
        Press(
            "take back",
            decide,
            {"action": "take back"},
            proposers,
            frozenset({"put forward"}),
        ),
        Press(
            "take back agreement",
            decide,
            {"action": "take back agreement"} | words,
            holders(Permission.AGREE_CHANGES),
            frozenset({"agreed"}),
        ),
        Press("write it", edit, partial(_option_form, page=edit), proposers, drafts),
        Press("remove it", edit, {"remove": "yes"}, proposers, drafts),
    ]


def _option_form(world, state, page):
    """What its form sends; of one that is no draft any more the page has none."""
    if state != "draft":
        return {"title": "Do more", "proposal": "Much more."}
    return form_on(world, page, proposal="Much more.")


def _saving(world: World, state, model):
    paper = None if state == "draft" else world.council.savings_papers.get()
    given = {"council": world.council, "slug": "made", "title": "Made", "paper": paper}
    given |= {"project": world.quarter.project}
    if model is TemporaryPost:
        given |= {"fte": 1, "ends": "2019-03-31"}
    world.at = {"record": model.objects.create(**given)}


def _of_savings(world, page):
    keepers = holders(Permission.KEEP_SAVINGS)
    at, either = f"{page}/edit/made/", frozenset({"draft", "reported"})
    return [
        Press("write it", at, partial(_saving_form, page=at), keepers, either),
        Press("remove it", at, {"remove": "yes"}, keepers, frozenset({"draft"})),
    ]


def _saving_form(world, state, page):
    return form_on(world, page, title="Made otherwise")


ROW = ["40101", "Apr-17", "1"]


def _upload(world: World, state):
    """An upload of the author's in that state."""
    by = world.people[AUTHOR]
    rows = {"with errors": [ROW, ["40102", "Apr-17", "N/A"]]}.get(state, [ROW])
    if state == "with questions":
        # A code that may have lost its nought.
        first = csv_file([["040101", "Apr-17", "1"]])
        given = {"council": world.council, "year": None, "by": by}
        apply(take(file_name="first.csv", content=first, **given), by=by)
    upload = take(
        council=world.council, file_name="a.csv", content=csv_file(rows), year=None, by=by
    )
    if state in ("applied", "taken back"):
        apply(upload, by=by)
        upload.refresh_from_db()
    if state == "taken back":
        take_back(upload.pk, by=by, why="Wrong file.", lines=outlook(upload).lines)
    if state in ("being read", "cut off"):
        _at_work(upload, by, silent=state == "cut off")
    if state == "refused":
        LedgerUpload.objects.filter(pk=upload.pk).update(state="refused", sentence="No headings.")
    upload.refresh_from_db()
    assert (upload.unanswered > 0) == (state == "with questions")
    assert (upload.wrong > 0) == (state == "with errors")
    world.at = {"upload": upload}


def _at_work(upload, by, *, silent):
    from datetime import timedelta

    LedgerUpload.objects.filter(pk=upload.pk).update(state="reading")
    beat = clock.now() - timedelta(days=1) if silent else clock.now()
    LedgerWork.objects.create(upload=upload, doing="reading", content=b"", by=by, beat_at=beat)


UPLOADS = (
    *("previewed", "with questions", "with errors", "being read", "cut off", "refused"),
    *("applied", "taken back"),
)


def _of_uploads(world):
    at = f"finance/ledger/uploads/{world.at['upload'].pk}/"
    who = holders(Permission.UPLOAD_LEDGER)
    idle = frozenset(UPLOADS) - {"applied", "taken back", "being read"}
    back = {"why": "Wrong file.", "lines": str(outlook(world.at["upload"]).lines)}
    every = frozenset(UPLOADS)
    return [
        Press("apply", f"{at}apply/", {}, who, frozenset({"previewed"})),
        Press("drop", f"{at}drop/", {}, who, idle),
        Press("answer", f"{at}answer/", _answers, who, frozenset({"with questions"})),
        # Work that is going on is not begun again; where there is none, nothing is.
        Press("go on", f"{at}continue/", {}, who, every, every),
        Press("take back", f"{at}back/", back, who, frozenset({"applied"})),
    ]


def _answers(world, state):
    question = world.at["upload"].questions.first()
    return {f"q-{question.pk}": question.code} if question else {"every-code": "its own"}


def _each(bring, states, **given):
    return {state: partial(bring, state=state, **given) for state in states}


STATES_OF_OPTIONS = (
    *("draft", "put forward", "agreed", "refused"),
    *("put forward, reported", "refused, reported"),
)
SUBJECTS = (
    Subject("a finance report", _each(_report, (*REPORTS, CORRECTING)), _of_reports),
    Subject(
        "a finance report that is signed twice",
        _each(_report, SIGNED, signed=OFFICER),
        partial(_of_reports, signed=OFFICER),
    ),
    Subject(
        "a change of savings",
        _each(_change, ("draft", "requested", "agreed", "refused", "withdrawn")),
        _of_changes,
    ),
    Subject("an option", _each(_option, STATES_OF_OPTIONS), _of_options),
    Subject(
        "a saving",
        _each(_saving, ("draft", "reported"), model=Saving),
        partial(_of_savings, page="savings"),
    ),
    Subject(
        "a temporary post",
        _each(_saving, ("draft", "reported"), model=TemporaryPost),
        partial(_of_savings, page="posts"),
    ),
    Subject("an upload to the ledger", _each(_upload, UPLOADS), _of_uploads),
)

"""For each constraint of savings, posts, options and changes a record that breaks it."""

from accounts.models import User
from finance.models import (
    ChangeRequest,
    OptionForChange,
    OptionRisk,
    OptionYear,
    PostTeam,
    PrintedFigure,
    SaidToCome,
    Saving,
    SavingReference,
    SavingsPaper,
    SavingsRule,
    SavingYear,
    TemporaryPost,
)

NOW = "2019-01-07T09:00Z"


def first(model, **fields):
    return model.objects.filter(**fields).order_by("pk").first()


def change(kind, copy_of, **changes):
    """A copy of the first change of that kind, with a number of its own."""
    return copy_of(first(ChangeRequest, kind=kind), number=99, status="draft", **changes)


def person():
    return User.objects.get(email="one@example.org").pk


def breakers(copy_of):
    """By the constraint's name; ``copy_of`` makes an unsaved copy of a record with changes."""
    here = lambda model, **changes: copy_of(first(model), **changes)  # noqa: E731
    return {
        "savings_paper_slug_unique_in_council": lambda: here(SavingsPaper),
        "saving_slug_unique_in_council": lambda: here(Saving, title="Another"),
        "saving_title_unique_in_council": lambda: here(Saving, slug="another"),
        "saving_reference_unique_in_council": lambda: here(SavingReference),
        "saving_year_unique_in_saving": lambda: copy_of(first(SavingYear, year=None)),
        "saving_target_not_negative": lambda: here(SavingYear, year=2030, target=-1),
        "saving_over_needs_target": lambda: here(SavingYear, year=2030, target=None, over=1),
        "savings_rule_thresholds_in_order": lambda: here(
            SavingsRule, green_within=60, amber_from=50
        ),
        "post_team_slug_unique_in_council": lambda: here(PostTeam),
        "post_slug_unique_in_council": lambda: here(TemporaryPost),
        "post_ends_after_it_starts": lambda: here(
            TemporaryPost, slug="x", starts="2019-04-02", ends="2019-04-01"
        ),
        "post_cost_says_for_how_long": lambda: here(TemporaryPost, slug="x", cost=5, basis=""),
        "post_fte_more_than_none": lambda: here(TemporaryPost, slug="x", fte=0),
        "option_slug_unique_in_council": lambda: here(OptionForChange),
        "option_decided_by_and_at_together": lambda: here(
            OptionForChange, slug="x", decided_at=NOW
        ),
        "option_saving_only_once_agreed": lambda: here(
            OptionForChange, slug="x", saving_id=first(Saving).pk
        ),
        "option_year_unique_in_option": lambda: here(OptionYear),
        "option_risk_order_unique_in_option": lambda: here(OptionRisk),
        "change_number_unique_in_council": lambda: here(ChangeRequest),
        "reprofiling_says_what_moves": lambda: change("re-profiling", copy_of, amount=None),
        "reprofiling_between_two_years": lambda: change(
            "re-profiling", copy_of, from_year=2018, to_year=2018
        ),
        "funding_change_says_from_to_and_when": lambda: change(
            "funding source", copy_of, starts=None
        ),
        "funding_change_between_two_funds": lambda: change(
            "funding source", copy_of, to_fund_id=first(ChangeRequest, number=3).from_fund_id
        ),
        "extension_says_until_when_or_how_much": lambda: change("extension", copy_of, ends=None),
        "change_ends_after_it_starts": lambda: change(
            "funding source", copy_of, starts="2019-03-02", ends="2019-03-01"
        ),
        "change_requested_by_and_at_together": lambda: change(
            "extension", copy_of, requested_at=NOW
        ),
        "change_decided_by_and_at_together": lambda: change("extension", copy_of, decided_at=NOW),
        "change_decided_by_another_person": lambda: change(
            "extension",
            copy_of,
            requested_by_id=person(),
            requested_at=NOW,
            decided_by_id=person(),
            decided_at=NOW,
        ),
        "printed_figure_number_unique_in_council": lambda: here(PrintedFigure),
        "printed_figure_is_about_something": lambda: here(
            PrintedFigure, number=999, group="", saving_id=None
        ),
        "said_to_come_number_unique_in_council": lambda: here(SaidToCome),
    }

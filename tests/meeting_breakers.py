"""For each constraint of the meetings a record that breaks it."""

from meetings.models import (
    Action,
    AgendaItem,
    Appointment,
    Attendance,
    BackgroundPaper,
    Committee,
    CommitteeName,
    Decision,
    Departure,
    Meeting,
    MeetingVersion,
    MemberUpdate,
    Minute,
    Paper,
    PaperFigure,
    PaperSection,
    Paragraph,
    Question,
    Recommendation,
    ReportBack,
)

OF_ITEM = (Minute, Recommendation, Question, MemberUpdate, Appointment, Decision, Action)


def breakers(copy_of):
    def like(model, **changes):
        return copy_of(model.objects.order_by("pk").first(), **changes)

    def elsewhere(model, **changes):
        """In a place of its item that no other has."""
        return like(model, order=99, **changes)

    def votes(**changes):
        return copy_of(Decision.objects.filter(votes_for=9).get(), order=99, **changes)

    return {
        "committee_slug_unique_in_council": lambda: like(Committee),
        "committee_has_a_name": lambda: like(Committee, slug="other", name=""),
        "committee_name_once": lambda: like(CommitteeName),
        "committee_name_not_empty": lambda: like(CommitteeName, name=""),
        "meeting_slug_unique_in_committee": lambda: like(Meeting),
        "meeting_agenda_published_before_it": lambda: like(
            Meeting, slug="other", agenda_published_on="2099-01-01"
        ),
        "attendance_of_a_role_once": lambda: like(Attendance),
        "attendance_from_one": lambda: like(Attendance, role="Other", count=0),
        "item_number_unique_in_meeting": lambda: like(AgendaItem, order=99),
        "item_order_unique_in_meeting": lambda: like(AgendaItem, number="99"),
        "item_has_number_and_title": lambda: like(AgendaItem, order=99, number="99", title=""),
        "departure_paragraph_once": lambda: like(Departure),
        "departure_from_one": lambda: like(Departure, number="99", count=0),
        "meeting_version_of_agenda_or_minutes": lambda: like(
            MeetingVersion, place=999, number=99, stage="planned"
        ),
        **{
            f"{model._meta.model_name}_order_unique_in_item": lambda model=model: like(model)
            for model in OF_ITEM
        },
        "minute_has_text": lambda: elsewhere(Minute, text=""),
        "recommendation_has_text": lambda: elsewhere(Recommendation, text=""),
        "question_has_text_and_who_asked": lambda: elsewhere(Question, asked_by=""),
        "question_supplementary_before_its_answer": lambda: elsewhere(Question, supplementary=""),
        "member_update_has_text_and_role": lambda: elsewhere(MemberUpdate, role=""),
        "appointment_has_body_and_places": lambda: elsewhere(Appointment, places=0),
        "decision_in_words_where_it_is_held": lambda: elsewhere(Decision, wording=""),
        "decision_has_all_votes_or_none": lambda: votes(abstained=None),
        "action_says_what": lambda: elsewhere(Action, what=""),
        "action_day_as_it_was_said": lambda: elsewhere(Action, due="2017-06-01", due_as_said=""),
        "reported_back_once_at_a_meeting": lambda: like(ReportBack),
        "report_back_has_text": lambda: copy_of(
            ReportBack.objects.get(), action_id=Action.objects.first().pk, text=""
        ),
        **paper_breakers(like, copy_of),
    }


def paper_breakers(like, copy_of):
    """Of papers: their heads, headings, paragraphs, background papers and figures."""

    def section(**changes):
        return like(PaperSection, order=99, **changes)

    def figure(**changes):
        paper = Paper.objects.first()
        given = {"number": 99, "name": "savings/a", "label": "A", "text": "1", "fingerprint": "f"}
        return PaperFigure(paper=paper, version="Version 1", address="/", **given | changes)

    def kept_figure():
        row = figure()
        row.save()
        return copy_of(row)

    return {
        "paper_has_title_and_author": lambda: like(
            Paper, item_id=AgendaItem.objects.filter(paper=None).first().pk, author_post=""
        ),
        "paper_section_order_unique": lambda: like(PaperSection),
        "paper_section_has_a_heading": lambda: section(level=4),
        "paper_section_none_of_implications": lambda: section(kind="purpose", none=True),
        "paper_section_dated_of_comments": lambda: section(kind="purpose", to_follow=True),
        "paragraph_order_unique": lambda: like(Paragraph),
        "paragraph_has_text": lambda: like(Paragraph, order=99, text=""),
        "paragraph_number_of_numbered": lambda: like(
            Paragraph, order=99, number="1", kind="bullet"
        ),
        "background_paper_order_unique": lambda: like(BackgroundPaper),
        "background_paper_has_a_title": lambda: like(BackgroundPaper, order=99, title=""),
        "paper_figure_number_unique": kept_figure,
        "paper_figure_says_which": lambda: figure(text=""),
    }

"""A measure of Westshire, changed as the officer's screen changes it."""

from django.forms.models import model_to_dict

from demonstration.westshire.story import Story
from outcomes.models import Measure
from outcomes.vital_signs.measure_forms import DefinitionForm, MeasureForm

OFFICER = "performance"


def save_measure(story: Story, measure: Measure, changes: dict) -> None:
    """Sends the measure's form with these boxes changed. Raises ValueError where it is refused."""
    form_class = DefinitionForm if measure.project_id else MeasureForm
    held = model_to_dict(measure, fields=form_class.Meta.fields) if measure.pk else {}
    posted = {name: "" if value is None else value for name, value in held.items()}
    form = form_class(posted | changes, instance=measure)
    if not form.is_valid():
        raise ValueError(form.errors)
    form.keep(story.people[OFFICER])

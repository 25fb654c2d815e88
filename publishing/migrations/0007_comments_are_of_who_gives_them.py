from django.db import migrations

# The names of forms of one comment; those of a return's review are another thing, and stay shared.
COMMENTS = r"\?form=(decide|withdraw|correct|agree|take back agreement|withdraw-\d+)$"


def given_to_who_typed_last(apps, editor):
    """A comment that waits was shared by all who may decide: it is of who typed it last."""
    drafts = apps.get_model("publishing", "FormDraft").objects
    shared = drafts.filter(whose=None, saved_by__isnull=False, address__regex=COMMENTS)
    for draft in shared.exclude(typed={}):
        draft.whose_id = draft.saved_by_id
        draft.save(update_fields=["whose"])


class Migration(migrations.Migration):
    dependencies = [("publishing", "0006_what_was_asked_of_a_replaced_version_lapses")]

    operations = [migrations.RunPython(given_to_who_typed_last, migrations.RunPython.noop)]

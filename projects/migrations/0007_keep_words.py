from django.db import migrations


def keep_words(apps, schema_editor):
    """Councils that are here already go on calling their purposes what their pages called them."""
    apps.get_model("projects", "Council").objects.update(purpose_word="Grant condition")


class Migration(migrations.Migration):
    dependencies = [("projects", "0006_words_of_a_council")]

    operations = [migrations.RunPython(keep_words, migrations.RunPython.noop)]

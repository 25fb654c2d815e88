from django.db import migrations


def keep_under_the_year(apps, schema_editor):
    """Puts what a return of quarter 4 kept of a project's yearly measure under its year.

    Returns did so before figures of a year were asked for as such. What a document prints of a
    quarter has its source and stays, and so does what stands beside a figure of the year.
    """
    for name, more in (("Result", ("segment_id",)), ("Target", ())):
        model = apps.get_model("outcomes", name)
        yearly = model.objects.filter(measure__project__isnull=False, measure__frequency="year")
        of_years = yearly.exclude(period__contains="-q")
        known = set(of_years.values_list("measure_id", "period", *more))
        for record in yearly.filter(period__endswith="-q4", source="").order_by("pk"):
            year = record.period.removesuffix("-q4")
            if (record.measure_id, year, *(getattr(record, each) for each in more)) not in known:
                record.period = year
                record.save(update_fields=["period"])


class Migration(migrations.Migration):
    dependencies = [("outcomes", "0006_notes_on_targets")]

    operations = [migrations.RunPython(keep_under_the_year, migrations.RunPython.noop)]

"""A month of a council's measures is a model of its own: it extends its report.

Who wrote any of a month is kept under the name of the model, as of every record; what was kept under
the name of returns stays.
"""

import bcfportal.lib.protection
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('outcomes', '0003_decisions_can_be_taken_back'),
        ('publishing', '0005_reports_of_projects_and_of_months'),
    ]

    operations = [
        migrations.CreateModel(
            name='Month',
            fields=[
                ('report_ptr', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, related_name='month', serialize=False, to='publishing.report')),
            ],
            options={
                'ordering': ['period'],
            },
            bases=('publishing.report',),
        ),
        migrations.RunSQL(
            """
            INSERT INTO outcomes_month (report_ptr_id)
                SELECT id FROM publishing_report WHERE NOT EXISTS (
                    SELECT 1 FROM publishing_return WHERE report_ptr_id = id
                );
            INSERT INTO accounts_writer (kind, record, since, by_id)
                SELECT 'outcomes.month', record, since, by_id FROM accounts_writer
                JOIN outcomes_month ON kind = 'publishing.return' AND record = report_ptr_id
                ORDER BY accounts_writer.id;
            """
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='month',
            trigger=pgtrigger.compiler.Trigger(name='month_named_as_months_are', sql=bcfportal.lib.protection.TriggerSql(func="\n                    IF NOT EXISTS (\n                        SELECT 1 FROM publishing_report\n                        WHERE id = NEW.report_ptr_id AND slug = 'vital-signs'\n                    ) THEN\n                        RAISE EXCEPTION 'pgtrigger: a month is named as months are';\n                    END IF;\n                    RETURN NULL;\n                ", hash='e7b54fffe30c15b8df2cea0460ff8c105daffe5b', operation='INSERT OR UPDATE', pgid='pgtrigger_month_named_as_months_are_3226b', table='outcomes_month', when='AFTER')),
        ),
    ]

"""What is common to a project's return and a month of measures is a report; a return extends it.

The rows of reports stay as they are, so that what points at them stays. The months of a council's
measures are left without what extends them: ``outcomes`` writes it.
"""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import bcfportal.lib.protection

BOXES = "performance, summary_performance, rating, rating_text, rule_rating, rule_reason, difference_reason, " \
    "forecast_rating, cause, action, action_owner, action_due, spend_to_date, spend_forecast, variance_reason"


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0001_initial'),
        ('publishing', '0004_a_return_can_be_signed_a_second_time'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='return',
            name='approved_return_is_kept',
        ),
        migrations.RemoveConstraint(
            model_name='return',
            name='return_unique_in_project_and_period',
        ),
        migrations.RemoveConstraint(
            model_name='return',
            name='return_changed_by_with_when',
        ),
        migrations.RemoveConstraint(
            model_name='return',
            name='return_forecast_not_negative',
        ),
        migrations.RenameModel('Return', 'Report'),
        migrations.RunSQL(
            """
            ALTER INDEX publishing_return_pkey RENAME TO publishing_report_pkey;
            ALTER SEQUENCE publishing_return_id_seq RENAME TO publishing_report_id_seq;
            CREATE TEMPORARY TABLE kept_returns ON COMMIT DROP AS
                SELECT * FROM publishing_report WHERE project_id IS NOT NULL;
            """
        ),
        migrations.AlterModelOptions(name='report', options={'ordering': ['period', 'slug']}),
        migrations.AlterField(
            model_name='report',
            name='period',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='publishing.reportingperiod'),
        ),
        migrations.AddField(
            model_name='report',
            name='slug',
            field=models.SlugField(db_index=False, default='vital-signs', help_text="Its name in addresses: its subject's.", max_length=60),
            preserve_default=False,
        ),
        migrations.RunSQL(
            """
            UPDATE publishing_report SET slug = projects_project.slug
                FROM projects_project WHERE projects_project.id = project_id;
            """
        ),
        migrations.RemoveField(model_name='report', name='project'),
        migrations.RemoveField(model_name='report', name='performance'),
        migrations.RemoveField(model_name='report', name='summary_performance'),
        migrations.RemoveField(model_name='report', name='rating'),
        migrations.RemoveField(model_name='report', name='rating_text'),
        migrations.RemoveField(model_name='report', name='rule_rating'),
        migrations.RemoveField(model_name='report', name='rule_reason'),
        migrations.RemoveField(model_name='report', name='difference_reason'),
        migrations.RemoveField(model_name='report', name='forecast_rating'),
        migrations.RemoveField(model_name='report', name='cause'),
        migrations.RemoveField(model_name='report', name='action'),
        migrations.RemoveField(model_name='report', name='action_owner'),
        migrations.RemoveField(model_name='report', name='action_due'),
        migrations.RemoveField(model_name='report', name='spend_to_date'),
        migrations.RemoveField(model_name='report', name='spend_forecast'),
        migrations.RemoveField(model_name='report', name='variance_reason'),
        migrations.CreateModel(
            name='Return',
            fields=[
                ('report_ptr', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, related_name='project_return', serialize=False, to='publishing.report')),
                ('performance', models.TextField(blank=True)),
                ('summary_performance', models.TextField(blank=True)),
                ('rating', models.CharField(choices=[('green', 'Green'), ('amber', 'Amber'), ('red', 'Red'), ('not rated', 'Not rated'), ('not legible', 'Not legible')], default='not rated', max_length=12)),
                ('rating_text', models.TextField(blank=True, help_text='The words beside or in place of a colour.')),
                ('rule_rating', models.CharField(choices=[('green', 'Green'), ('amber', 'Amber'), ('red', 'Red'), ('not rated', 'Not rated'), ('not legible', 'Not legible')], default='not rated', help_text='As calculated.', max_length=12)),
                ('rule_reason', models.TextField(blank=True, help_text='What the rule says, in its words.')),
                ('difference_reason', models.TextField(blank=True, help_text="Why the declared rating is not the rule's.")),
                ('forecast_rating', models.CharField(blank=True, choices=[('green', 'Green'), ('amber', 'Amber'), ('red', 'Red')], max_length=12)),
                ('cause', models.TextField(blank=True)),
                ('action', models.TextField(blank=True)),
                ('action_owner', models.CharField(blank=True, help_text='By post.', max_length=120)),
                ('action_due', models.DateField(blank=True, null=True)),
                ('spend_to_date', models.DecimalField(blank=True, decimal_places=2, help_text='Pounds, this year.', max_digits=14, null=True)),
                ('spend_forecast', models.DecimalField(blank=True, decimal_places=2, help_text='Pounds, whole year.', max_digits=14, null=True)),
                ('variance_reason', models.TextField(blank=True)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='returns', to='projects.project')),
            ],
            options={
                'ordering': ['period', 'project'],
            },
            bases=('publishing.report',),
        ),
        migrations.RunSQL(
            f"""
            INSERT INTO publishing_return (report_ptr_id, project_id, {BOXES})
                SELECT id, project_id, {BOXES} FROM kept_returns;
            DROP TABLE kept_returns;
            """
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='periodevent',
            name='period_event_never_changes',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='periodevent',
            trigger=pgtrigger.compiler.Trigger(name='period_event_never_changes', sql=bcfportal.lib.protection.TriggerSql(func="\n                    IF TG_OP = 'DELETE' AND NOT EXISTS (\n                        SELECT 1 FROM publishing_report WHERE period_id = OLD.period_id\n                    ) THEN\n                        RETURN OLD;\n                    END IF;\n                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table',\n                        TG_TABLE_NAME;\n                ", hash='cd404b8e2a795057fe4825900b7d5212c8e1a1c5', operation='UPDATE OR DELETE', pgid='pgtrigger_period_event_never_changes_3bd3d', table='publishing_periodevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='report',
            trigger=pgtrigger.compiler.Trigger(name='approved_report_is_kept', sql=bcfportal.lib.protection.TriggerSql(constraint='CONSTRAINT', func="\n            IF EXISTS (\n                SELECT 1 FROM publishing_report WHERE id = NEW.id AND status IN ('approved', 'published')\n            ) AND NOT EXISTS (SELECT 1 FROM publishing_snapshot WHERE report_id = NEW.id) THEN\n                RAISE EXCEPTION 'pgtrigger: approved or published, and nothing of it is kept';\n            END IF;\n            RETURN NULL;\n        ", hash='82e0e551e4baa0c0ad74b91765f9a5afb4819fdf', operation='INSERT OR UPDATE', pgid='pgtrigger_approved_report_is_kept_45972', table='publishing_report', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='report',
            trigger=pgtrigger.compiler.Trigger(name='report_keeps_its_name', sql=bcfportal.lib.protection.TriggerSql(condition='WHEN (OLD."slug" IS DISTINCT FROM (NEW."slug"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='eb5940d97f892557f3d9d1555ded878b0dd1524f', operation='UPDATE', pgid='pgtrigger_report_keeps_its_name_3b774', table='publishing_report', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='return',
            trigger=pgtrigger.compiler.Trigger(name='return_named_as_its_project', sql=bcfportal.lib.protection.TriggerSql(func="\n                    IF NOT EXISTS (\n                        SELECT 1 FROM publishing_report JOIN projects_project USING (slug)\n                        WHERE publishing_report.id = NEW.report_ptr_id\n                        AND projects_project.id = NEW.project_id\n                    ) THEN\n                        RAISE EXCEPTION 'pgtrigger: a return is named as its project is';\n                    END IF;\n                    RETURN NULL;\n                ", hash='0463e239ec5aea181cefc74786bb1049662711a4', operation='INSERT OR UPDATE', pgid='pgtrigger_return_named_as_its_project_0f676', table='publishing_return', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(fields=('period', 'slug'), name='report_unique_in_period', violation_error_message='The period already has a report of that name.'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('changed_by__isnull', True), ('changed_at__isnull', False), _connector='OR'), name='report_changed_by_with_when', violation_error_message='Who changed a report goes with when.'),
        ),
        migrations.AddConstraint(
            model_name='return',
            constraint=models.CheckConstraint(condition=models.Q(('spend_forecast__isnull', True), ('spend_forecast__gte', 0), _connector='OR'), name='return_forecast_not_negative', violation_error_message='The forecast of a year is 0 or more.'),
        ),
    ]

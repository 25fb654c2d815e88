from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('finance', '0006_ledger_asks_of_signs_units_and_rows'),
    ]

    operations = [
        migrations.AlterField(
            model_name='monitoringreport',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Submitted'), ('signed', 'Signed a second time'), ('approved', 'Approved'), ('published', 'Published'), ('given up', 'Given up')], default='draft', max_length=10),
        ),
    ]

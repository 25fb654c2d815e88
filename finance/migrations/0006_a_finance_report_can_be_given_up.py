from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('finance', '0005_ledger_asks_which_column_has_the_amounts'),
    ]

    operations = [
        migrations.AlterField(
            model_name='monitoringreport',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Submitted'), ('signed', 'Signed a second time'), ('approved', 'Approved'), ('published', 'Published'), ('given up', 'Given up')], default='draft', max_length=10),
        ),
    ]

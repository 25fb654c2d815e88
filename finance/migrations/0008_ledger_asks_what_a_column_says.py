from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('finance', '0007_a_finance_report_can_be_given_up'),
    ]

    operations = [
        migrations.AlterField(
            model_name='ledgerquestion',
            name='kind',
            field=models.CharField(choices=[('mark', 'Which sign before the pence'), ('unit', 'Pounds, thousands or millions'), ('what', 'What a column says of the amounts'), ('sign', "What a word says of an amount's sign"), ('rows', 'Which rows are spent'), ('year', 'Which year'), ('day', 'Days without a year'), ('written', 'Which of two years'), ('month', 'Month of a file without a column for it'), ('columns', 'Which columns make the code'), ('amount', 'Which column has the amounts'), ('code', 'Codes that look like others'), ('future', 'Months to come'), ('missing', 'In the ledger and not in the file')], max_length=10),
        ),
    ]

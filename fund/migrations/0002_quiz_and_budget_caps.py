"""The quiz of a call, and caps for each category of its budget."""

from typing import Any

from django.db import migrations, models

import fund.budget_plan
import fund.quiz


def name_fields(apps: Any, schema_editor: Any) -> None:
    """Turn pairs of key and label into categories with caps, all still empty."""
    for call in apps.get_model("fund", "Call").objects.exclude(budget_categories=[]).only("budget_categories"):
        call.budget_categories = [
            each if isinstance(each, dict) else fund.budget_plan.Category(*each).plain()
            for each in call.budget_categories
        ]
        call.save(update_fields=["budget_categories"])


def pair(apps: Any, schema_editor: Any) -> None:
    """Return to pairs of key and label; caps are lost."""
    for call in apps.get_model("fund", "Call").objects.exclude(budget_categories=[]).only("budget_categories"):
        call.budget_categories = [[each["key"], each["label"]] for each in call.budget_categories]
        call.save(update_fields=["budget_categories"])


class Migration(migrations.Migration):
    dependencies = [
        ("fund", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="call",
            name="quiz",
            field=models.JSONField(blank=True, default=list, validators=[fund.quiz.check_quiz]),
        ),
        migrations.AlterField(
            model_name="call",
            name="budget_categories",
            field=models.JSONField(blank=True, default=list, validators=[fund.budget_plan.check_categories]),
        ),
        migrations.RunPython(name_fields, pair),
    ]

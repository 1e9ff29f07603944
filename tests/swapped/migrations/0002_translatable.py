"""What needs tables of Wagtail's own, which in turn need the page model first."""

import uuid

import django.db.models.deletion
from django.db import migrations, models
from wagtail.models import (
    BootstrapLocaleField,
    BootstrapTranslatableModel,
    BootstrapTranslationKeyField,
)


def revision(name: str) -> migrations.AddField:
    return migrations.AddField(
        model_name="basepage",
        name=f"{name}_revision",
        field=models.ForeignKey(
            blank=True,
            editable=False,
            null=True,
            on_delete=django.db.models.deletion.SET_NULL,
            related_name="+",
            to="wagtailcore.revision",
            verbose_name=f"{name} revision",
        ),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("swapped", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        BootstrapLocaleField("swapped.BasePage"),
        BootstrapTranslationKeyField("swapped.BasePage"),
        BootstrapTranslatableModel("swapped.BasePage"),
        revision("latest"),
        revision("live"),
        migrations.AlterField(
            model_name="basepage",
            name="locale",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="wagtailcore.locale",
                verbose_name="locale",
            ),
        ),
        migrations.AlterField(
            model_name="basepage",
            name="translation_key",
            field=models.UUIDField(default=uuid.uuid4, editable=False),
        ),
        migrations.AlterUniqueTogether(
            name="basepage", unique_together={("translation_key", "locale")}
        ),
    ]

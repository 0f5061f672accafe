"""What an experienced team would take otherwise: Django with django-import-export in its bulk mode, as fast as its manual makes it.

It is spared what ours does besides: a unit stays a text, nobody is registered for a campaign, nothing is kept for review or search.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

INSTALLED = Path(__file__).resolve().parents[2] / "build" / "peer"
MISSING = "    django-import-export is left out: it is not in build/peer, where `make bench` lays it."
FIELDS = {
    "full_name": "Họ và tên",
    "birth_date": "Ngày sinh",
    "sex": "Giới tính",
    "personal_id": "Số CCCD",
    "bhxh_code": "Mã số BHXH",
    "phone": "Số điện thoại",
    "email": "Email",
    "unit": "Đơn vị",
    "position": "Chức danh",
}


def is_laid() -> bool:
    """Whether there is anything to be measured against."""
    return (INSTALLED / ".complete").exists()


class Peer:
    """A fresh SQLite database with one table of people."""

    def __init__(self, database: Path) -> None:
        sys.path.append(str(INSTALLED))
        import django
        from django.conf import settings

        settings.configure(
            DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(database)}},
            INSTALLED_APPS=["import_export"],
            USE_TZ=True,
        )
        django.setup()
        from django.db import connection, models

        class Person(models.Model):  # type: ignore[misc]
            full_name = models.CharField(max_length=120, db_index=True)
            birth_date = models.DateField(null=True)
            sex = models.CharField(max_length=6, null=True)
            personal_id = models.CharField(max_length=12, null=True, unique=True)
            bhxh_code = models.CharField(max_length=10, null=True, unique=True)
            phone = models.CharField(max_length=15, null=True)
            email = models.EmailField(null=True)
            unit = models.CharField(max_length=200, null=True)
            position = models.CharField(max_length=120, null=True)

            class Meta:
                app_label = "import_export"

        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute("PRAGMA synchronous=NORMAL")
        with connection.schema_editor() as editor:
            editor.create_model(Person)
        self.person: Any = Person

    def take_in(self, content: bytes, *, cleaned: bool = False) -> Any:
        """From a file's bytes to rows in the table. `cleaned`: with the model's own validation of each row, which bulk mode leaves out."""
        import tablib
        from import_export import fields, resources, widgets

        kinds = {"birth_date": widgets.DateWidget("%d/%m/%Y")}
        declared = {name: fields.Field(name, heading, kinds.get(name, widgets.CharWidget())) for name, heading in FIELDS.items()}

        class Meta:
            model = self.person
            import_id_fields = ("personal_id",)
            use_bulk, batch_size, use_transactions = True, 1000, True
            skip_diff = force_init_instance = True
            clean_model_instances = cleaned

        resource = type("People", (resources.ModelResource,), {**declared, "Meta": Meta})()
        return resource.import_data(tablib.Dataset().load(content, format="xlsx"), dry_run=False)


def findings(result: Any) -> tuple[set[int], Counter[str]]:
    """What its check said: Excel's numbers of the rows named, and each sentence with how often."""
    rows, said = set[int](), Counter[str]()
    found = [(row.number, str(error.error)) for row in result.error_rows for error in row.errors]
    found += [(row.number, message) for row in result.invalid_rows for message in row.error.messages]
    for number, sentence in found:
        rows.add(number + 1)
        said[sentence[:70]] += 1
    said.update(str(error.error)[:70] for error in result.base_errors)
    return rows, said

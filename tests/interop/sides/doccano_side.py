"""Runs in doccano's own environment: imports a JSONL file by doccano's importer and prints what is stored.

``python doccano_side.py FILE SCRATCH`` with a folder for its database.
"""

from __future__ import annotations

import json
import os
import sys
from importlib.util import find_spec
from pathlib import Path


def main(file: Path, scratch: Path) -> None:
    """Import the file into a fresh relation project and print examples, spans and relations."""
    backend = Path(str(find_spec("backend").submodule_search_locations[0]))
    os.chdir(scratch)
    sys.path.insert(0, str(backend))
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings.development",
        "DATABASE_URL": f"sqlite:///{scratch / 'doccano.sqlite3'}",
        "DEBUG": "False",
    }
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("create_roles", verbosity=0)
    from data_import.datasets import load_dataset
    from data_import.pipeline.catalog import create_file_format
    from data_import.pipeline.readers import FileName
    from django.contrib.auth import get_user_model
    from examples.models import Example
    from labels.models import Relation, Span
    from projects.models import ProjectType, SequenceLabelingProject

    user = get_user_model().objects.create(username="tester")
    project = SequenceLabelingProject.objects.create(
        name="study",
        description="",
        project_type=ProjectType.SEQUENCE_LABELING,
        created_by=user,
        allow_overlapping=True,
        use_relation=True,
    )
    name = FileName(full_path=str(file), generated_name=file.name, upload_name=file.name)
    dataset = load_dataset(
        "RelationExtraction", create_file_format("JSONL"), [name], project, encoding="utf_8"
    )
    dataset.save(user)
    print(
        json.dumps(
            {
                "errors": [error.dict() for error in dataset.errors],
                "texts": [example.text for example in Example.objects.order_by("id")],
                "spans": [
                    [span.example.text, span.start_offset, span.end_offset, span.label.text]
                    for span in Span.objects.all()
                ],
                "relations": [
                    [
                        relation.type.text,
                        relation.from_id.start_offset,
                        relation.from_id.end_offset,
                        relation.to_id.start_offset,
                        relation.to_id.end_offset,
                    ]
                    for relation in Relation.objects.all()
                ],
            }
        )
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())

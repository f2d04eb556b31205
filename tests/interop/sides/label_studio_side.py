"""Runs in Label Studio's own environment: makes a project of our configuration, imports our tasks by its
own interface, and prints what its export holds.

``python label_studio_side.py FOLDER SCRATCH``, the folder with tasks.json and labeling-config.xml.
"""

from __future__ import annotations

import json
import os
import sys
from importlib.util import find_spec
from pathlib import Path


def main(folder: Path, scratch: Path) -> None:
    """Import and export within one process."""
    home = Path(str(find_spec("label_studio").submodule_search_locations[0]))
    sys.path[:0] = [str(home)]
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "core.settings.label_studio",
        "DJANGO_DB": "sqlite",
        "LABEL_STUDIO_BASE_DATA_DIR": str(scratch),
        "LATEST_VERSION_CHECK": "0",
        "COLLECT_ANALYTICS": "0",
        "SENTRY_DSN": "",
        "FRONTEND_SENTRY_DSN": "",
        "DEBUG": "False",
        "SECRET_KEY": "for this test only",
        "LOG_LEVEL": "ERROR",
    }
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from django.contrib.auth import get_user_model
    from organizations.models import Organization
    from rest_framework.test import APIClient

    user = get_user_model().objects.create_user("tester@example.org", "not secret 42")
    organisation = Organization.create_organization(created_by=user, title="study")
    user.active_organization = organisation
    user.save()
    client = APIClient()
    client.force_authenticate(user)
    config = (folder / "labeling-config.xml").read_text(encoding="utf-8")
    made = client.post("/api/projects/", {"title": "study", "label_config": config}, format="json")
    answers = {"project": [made.status_code, _said(made)]}
    project = made.json().get("id")
    tasks = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))
    sent = client.post(f"/api/projects/{project}/import", tasks, format="json")
    answers["import"] = [sent.status_code, _said(sent)]
    got = client.get(f"/api/projects/{project}/export?exportType=JSON")
    raw = b"".join(got.streaming_content) if got.streaming else got.content
    (scratch / "export.json").write_bytes(raw)
    print(json.dumps(answers))


def _said(response: object) -> str:
    return response.content.decode()[:2000]  # type: ignore[attr-defined]


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())

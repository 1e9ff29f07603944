"""Another process at the test's own database, mail server and Redis.

`python -m tests.mailing.worker COMMAND [ARGUMENT…]`: a management command, or
`deliver PK`, or `enqueue PK`. `WORKER` in the environment is JSON: settings that
differ from the test settings.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import django
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
RQ = "django_tasks_rq.RQBackend"
JOB = "django_tasks_rq.Job"
DB = "django_tasks_db.DatabaseBackend"


def start(*arguments: object, **changes: Any) -> subprocess.Popen[str]:
    """Starts the process; the caller waits for it or kills it."""
    return subprocess.Popen(  # noqa: S603  (this interpreter, our own module)
        [sys.executable, "-m", "tests.mailing.worker", *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | {"WORKER": json.dumps(here() | changes, default=str)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def run(*arguments: object, **changes: Any) -> str:
    """Returns what the process said, once it ended well."""
    process = start(*arguments, **changes)
    said = process.communicate(timeout=60)[0]
    assert process.returncode == 0, said
    return said


def here() -> dict[str, Any]:
    """The settings that the fixtures of this test have changed."""
    names = ["DATABASES", "WAGTAIL_CONSENT", "STORAGES"]
    if django.VERSION >= (6, 1):
        names += ["MAILERS"]
    else:
        names += ["EMAIL_BACKEND", "EMAIL_HOST", "EMAIL_PORT"]
    return {name: getattr(settings, name) for name in names}


def main(command: str, *arguments: str) -> None:
    configure(json.loads(os.environ["WORKER"]))
    from tests.mailing.parts import Probe
    from wagtail_consent.mailing import delivery, kinds, tasks

    kinds.register(Probe().kind)
    ours = {"deliver": delivery.deliver, "enqueue": tasks.enqueue}
    if command in ours:
        ours[command](*map(int, arguments))
    else:
        from django.core.management import execute_from_command_line

        execute_from_command_line(["manage.py", command, *arguments])


def configure(changes: dict[str, Any]) -> None:
    import tests.settings as base

    if django.VERSION < (6, 1):
        base.__dict__.pop("MAILERS", None)
    values = {name: value for name, value in vars(base).items() if name.isupper()}
    settings.configure(**values | changes)
    django.setup()


if __name__ == "__main__":
    main(*sys.argv[1:])

"""The example site as a newcomer starts it, in processes of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.smtp import free_port

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "example_site"
PATIENCE = 240.0

ASK = """
import json
from wagtail_consent.permission import may_contact
answer = may_contact({email!r}, "newsletter")
print(json.dumps([answer.allowed, str(answer.reason), answer.evidence]))
"""


class Example:
    """A running example site: its address, and its management commands."""

    def __init__(self, state: Path, environ: dict[str, str]) -> None:
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.environ = {
            **clean_environ(),
            "EXAMPLE_STATE": str(state),
            "EXAMPLE_PORT": str(self.port),
            **environ,
        }

    @contextmanager
    def running(self) -> Iterator[Example]:
        # A file, not a pipe: nobody empties a pipe, and the server would block.
        with tempfile.TemporaryFile() as self.log:
            process = subprocess.Popen(  # noqa: S603
                [sys.executable, str(SITE / "run.py"), "--no-install"]
                + ["--port", str(self.port)],
                env=self.environ,
                stdout=self.log,
                stderr=subprocess.STDOUT,
            )
            try:
                self.await_answer(process)
                yield self
            finally:
                process.terminate()
                process.wait(timeout=30)

    def await_answer(self, process: subprocess.Popen[bytes]) -> None:
        def answers() -> bool:
            assert process.poll() is None, self.printed()
            return "Admin" in self.printed() and fetch(self.base + "/en/")

        until(answers, self.printed)

    def printed(self) -> str:
        self.log.seek(0)
        return self.log.read().decode()

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603
            [sys.executable, str(SITE / "manage.py"), *arguments],
            env=self.environ,
            capture_output=True,
            text=True,
            check=False,
        )

    def may_contact(self, email: str) -> tuple[bool, str, int | None]:
        """What an integrator gets in `manage.py shell`."""
        done = self.manage("shell", "--command", ASK.format(email=email))
        assert done.returncode == 0, done.stderr
        allowed, reason, evidence = json.loads(done.stdout.strip().splitlines()[-1])
        return allowed, reason, evidence


def clean_environ() -> dict[str, str]:
    """This process's environment without what tests set for themselves."""
    own = {"DJANGO_SETTINGS_MODULE", "DATABASE_URL", "EMAIL_HOST", "EMAIL_PORT"}
    return {
        name: value
        for name, value in os.environ.items()
        if name not in own | {"TASKS", "REDIS_URL"}
    }


def fetch(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310
            return response.status == 200
    except (urllib.error.URLError, OSError):
        return False


def until(happened: Callable[[], Any], explain: Callable[[], str] = str) -> Any:
    """Polls for what another process does; fails with an explanation."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if result := happened():
            return result
        time.sleep(0.1)
    raise AssertionError(f"It did not happen in {PATIENCE} s. {explain()}")

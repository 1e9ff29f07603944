"""Start the example site with nothing but a Python: `python3 example_site/run.py`.

Makes an environment in `example_site/.venv`, installs the project, prepares the
database, loads the demo and serves it on this machine alone. Environment
variables change what it runs on:

  EXAMPLE_STATE   folder for database, media and mail (example_site/.state)
  DATABASE_URL    such as postgres://user@127.0.0.1/example (SQLite)
  EMAIL_HOST, EMAIL_PORT
                  a real SMTP server; without it, mails land in /mailbox/
  TASKS           immediate, db or rq; the last two get a worker (immediate)
  REDIS_URL       for rq (redis://127.0.0.1:6379/0)
"""

import sys

if sys.version_info < (3, 10):  # noqa: UP036  (this file must parse on old ones)
    sys.exit("Python 3.10 or newer is needed; this is " + sys.version.split()[0])

import argparse
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(HERE))

from environment import Environment, project  # noqa: E402

HOST = "127.0.0.1"
MARKER = ".wagtail-consent-example"
WORKERS = {"db": ["db_worker"], "rq": ["rqworker", "default"]}
WELCOME = """
The example site is running. Open one of these:

  The site       {base}/
  Lead form      {base}/en/guide/
  Newsletter     {base}/en/newsletter/
  {mail}
  Admin          {base}/admin/   name: {name}   password: {password}

Stop it with Ctrl+C.
"""


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__,
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--port", type=int, default=8000, help="default: 8000")
    add("--fresh", action="store_true", help="delete the state folder first")
    add("--no-install", action="store_true", help="use the interpreter it's run with")
    add("--setup-only", action="store_true", help="prepare everything, don't serve")
    return parser.parse_args()


class Site:
    """The example site's processes, all with one interpreter and one state."""

    def __init__(self, python: Path, state: Path, port: int) -> None:
        self.python = python
        self.state = state
        self.port = port
        self.tasks = os.environ.get("TASKS", "immediate")
        self.environ = {
            **os.environ,
            "EXAMPLE_STATE": str(state),
            "EXAMPLE_PORT": str(port),
            "PYTHONUNBUFFERED": "1",
        }

    def manage(self, *arguments: str) -> list[str]:
        return [str(self.python), str(HERE / "manage.py"), *arguments]

    def set_up(self) -> None:
        """Bring database and demo content up to date."""
        for step in (["migrate", "--verbosity=0"], ["load_demo"]):
            command = self.manage(*step)
            done = subprocess.run(command, env=self.environ, check=False)
            if done.returncode:
                sys.exit(f"Failed: {' '.join(command)}")

    @contextlib.contextmanager
    def running(self, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
        """Run a management command until the block is left."""
        process = subprocess.Popen(self.manage(*arguments), env=self.environ)
        try:
            yield process
        finally:
            stop(process)

    def serve(self) -> int:
        """Run the server, and a worker where tasks need one, until it is stopped."""
        with contextlib.ExitStack() as stack:
            if self.tasks in WORKERS:
                stack.enter_context(self.running(*WORKERS[self.tasks]))
            address = f"{HOST}:{self.port}"
            runserver = ("runserver", address, "--noreload", "--skip-checks")
            server = stack.enter_context(self.running(*runserver))
            if answers(self.port, server):
                print(self.welcome(), flush=True)
            return server.wait()

    def welcome(self) -> str:
        base = f"http://{HOST}:{self.port}"
        host = self.environ.get("EMAIL_HOST")
        mail = f"Mailbox        {base}/mailbox/"
        if host:
            mail = f"Mail           through {host}"
        name, password = credentials(self.environ)
        return WELCOME.format(base=base, mail=mail, name=name, password=password)


def credentials(environ: dict[str, str]) -> tuple[str, str]:
    """The admin's name and password, as `load_demo` sets them."""
    name = environ.get("EXAMPLE_ADMIN") or "admin"
    return name, environ.get("EXAMPLE_PASSWORD") or "consent-demo"


def stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0


def answers(port: int, server: subprocess.Popen[bytes], patience: float = 60) -> bool:
    """Wait until the server accepts connections; False when it gave up."""
    deadline = time.monotonic() + patience
    while server.poll() is None and time.monotonic() < deadline:
        if taken(port):
            return True
        time.sleep(0.1)
    return False


def state_folder(fresh: bool) -> Path:
    """Make the state folder; a fresh start deletes only a folder we made."""
    state = Path(os.environ.get("EXAMPLE_STATE", HERE / ".state")).resolve()
    if fresh and state.exists():
        if not (state / MARKER).exists():
            sys.exit(f"{state} was not made by this script, so it is not deleted.")
        shutil.rmtree(state)
    if fresh and os.environ.get("DATABASE_URL"):
        print("--fresh leaves the database of DATABASE_URL as it is.", flush=True)
    state.mkdir(parents=True, exist_ok=True)
    if not any(state.iterdir()):
        (state / MARKER).touch()
    return state


def interpreter(no_install: bool) -> Path:
    if no_install:
        return Path(sys.executable)
    environment = Environment(HERE / ".venv", ROOT / "pyproject.toml")
    return environment.ensure(project(ROOT, "example"))


def leave(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> int:
    chosen = options()
    if not chosen.setup_only and taken(chosen.port):
        sys.exit(f"Port {chosen.port} is in use; choose another with --port.")
    state = state_folder(chosen.fresh)
    site = Site(interpreter(chosen.no_install), state, chosen.port)
    signal.signal(signal.SIGTERM, leave)
    site.set_up()
    return 0 if chosen.setup_only else site.serve()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        print("\nStopped.")

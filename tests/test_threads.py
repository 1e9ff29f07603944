"""Tasks run in threads of this process after commit: nobody waits for them, and none of
them harms another."""

import os
import subprocess
import sys
import threading
import time

import pytest
from django.db import connections, transaction
from django_tasks import TaskResultStatus, default_task_backend, task
from django_tasks.exceptions import InvalidTaskError

from tests import factories
from wagtail_consent import threads
from wagtail_consent.models import Controller
from wagtail_consent.threads import Pool, ThreadBackend

gate = threading.Event()
seen: list = []


@task()
def note(value):
    seen.append((value, threading.current_thread()))
    return value


@task()
def fail():
    raise RuntimeError("no")


@task()
def wait_at_the_gate():
    assert gate.wait(20)


@task(takes_context=True)
def tell_attempt(context):
    return context.attempt


@task()
async def later():
    return "done"


@task()
def count_controllers():
    return Controller.objects.count()


@task()
def leave_connection_open():
    connections["default"].ensure_connection()
    seen.append(connections["default"])


@pytest.fixture(autouse=True)
def backend(settings):
    settings.TASKS = {
        "default": {"BACKEND": "wagtail_consent.threads.ThreadBackend", "QUEUES": []}
    }
    threads._pools.clear()
    seen.clear()
    gate.clear()
    yield default_task_backend
    gate.set()
    for pool in threads._pools.values():
        assert pool.wait(20)


def finished(result):
    assert threads.pool("default").wait(20)
    return result


pytestmark = pytest.mark.django_db(transaction=True)


def test_a_task_runs_in_another_thread():
    result = finished(note.enqueue(7))
    [(value, thread)] = seen
    assert value == 7
    assert thread is not threading.current_thread()
    assert thread.daemon
    assert result.status == TaskResultStatus.SUCCESSFUL
    assert result.return_value == 7
    assert result.attempts == 1


def test_nobody_waits_for_a_task():
    result = wait_at_the_gate.enqueue()
    assert not result.is_finished
    gate.set()
    assert finished(result).is_finished


def test_a_task_starts_only_after_the_commit():
    with transaction.atomic():
        note.enqueue(7)
        assert threads.pool("default").wait(0)
        assert seen == []
    finished(None)
    assert len(seen) == 1


def test_a_rollback_takes_the_task_back():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        note.enqueue(7)
        raise ZeroDivisionError
    finished(None)
    assert seen == []


def test_a_task_sees_what_was_committed():
    with transaction.atomic():
        factories.controller()
        result = count_controllers.enqueue()
    assert finished(result).return_value == 1


def test_a_task_that_fails_is_noted_and_stops_no_other(caplog):
    failed, noted = fail.enqueue(), note.enqueue(7)
    finished(noted)
    assert failed.status == TaskResultStatus.FAILED
    assert failed.errors[0].exception_class is RuntimeError
    assert noted.status == TaskResultStatus.SUCCESSFUL
    assert "state=FAILED" in caplog.text


def test_a_task_leaves_no_connection_behind():
    finished(leave_connection_open.enqueue())
    [theirs] = seen
    assert theirs is not connections["default"]
    assert theirs.connection is None


def test_tasks_with_a_context_and_coroutines_run():
    assert finished(tell_attempt.enqueue()).return_value == 1
    assert finished(later.enqueue()).return_value == "done"


def test_many_tasks_take_few_threads():
    before = threading.active_count()
    for _ in range(20):
        wait_at_the_gate.enqueue()
    assert threading.active_count() - before <= threads.WORKERS
    gate.set()
    finished(None)


def test_backends_of_all_threads_share_one_pool():
    pools = {ThreadBackend("default", {}).pool for _ in range(5)}
    assert len(pools) == 1


def test_the_number_of_threads_is_an_option():
    assert ThreadBackend("one", {"OPTIONS": {"WORKERS": 5}}).pool.limit == 5


def test_a_queue_that_isnt_known_is_refused(settings):
    settings.TASKS = {
        "default": {
            "BACKEND": "wagtail_consent.threads.ThreadBackend",
            "QUEUES": ["mail"],
        }
    }
    with pytest.raises(InvalidTaskError):
        note.enqueue(7)


def test_an_idle_thread_ends_and_work_brings_it_back(monkeypatch):
    monkeypatch.setattr(threads, "IDLE_SECONDS", 0.01)
    pool, done = Pool(1), []
    pool.add(lambda: done.append(threading.current_thread()))
    assert pool.wait(20)
    done[0].join(20)
    assert not done[0].is_alive()
    pool.add(lambda: done.append(threading.current_thread()))
    assert pool.wait(20)
    assert len(done) == 2


def test_waiting_is_bounded():
    wait_at_the_gate.enqueue()
    start = time.monotonic()
    assert not threads.pool("default").wait(0.1)
    assert time.monotonic() - start < 10


def script(body):
    code = "import time\nfrom wagtail_consent import threads\n" + body
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
        env=environment,
        check=False,
    )


def test_the_interpreter_finishes_what_was_begun():
    done = script(
        "def work(): time.sleep(0.5); print('finished', flush=True)\n"
        "threads.pool('default').add(work)\n"
    )
    assert (done.stdout.strip(), done.returncode) == ("finished", 0)


def test_the_interpreters_exit_doesnt_wait_for_ever():
    done = script(
        "threads.EXIT_SECONDS = 0.2\n"
        "threads.pool('default').add(lambda: time.sleep(3600))\n"
    )
    assert done.returncode == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system can't fork")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_forked_process_has_threads_of_its_own():
    done = script(
        "import os\n"
        "threads.pool('default').add(lambda: None)\n"
        "threads.pool('default').wait(10)\n"
        "if child := os.fork():\n"
        "    os._exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n"
        "threads.pool('default').add(lambda: print('child', flush=True))\n"
        "os._exit(0 if threads.pool('default').wait(10) else 1)\n"
    )
    assert (done.stdout.strip(), done.returncode) == ("child", 0)

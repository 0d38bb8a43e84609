# SPDX-License-Identifier: Apache-2.0

"""Call sequences of malloc, recorded on the spot from programs of this machine.

Each program does a bounded job in a folder of its own, with the recorder of
tools/trace preloaded. Of several processes the one with most calls is taken, and
of it the first MAX_EVENTS. Nothing of it is kept in the repository: what a program
asks for depends on its version.
"""

import gzip
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.append(str(ROOT / "tools" / "workbook" / "trials"))

from course_copy import Failure, output_of  # noqa: E402

MAX_EVENTS = 400_000
RAW_EVENT_BYTES = 24  # RawEvent of tools/trace/trace.h
LONGEST_JOB_SECONDS = 240


def first_on_path(*names):
    for name in names:
        # Debian has servers where only root looks.
        found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
        if found:
            return found
    return None


class Job:
    """A program's command line; what it needs is made in `folder` first."""

    def __init__(self, name, programs, package, prepare, environment=None):
        self.name = name
        self.environment = environment or {}
        self.package = package
        self.program = first_on_path(*programs)
        self.prepare = prepare

    def record(self, folder, environment):
        run_bounded(self.prepare(self.program, folder), folder, environment)


class WebServer(Job):
    """A server on the loopback device, and its load from this process."""

    def record(self, folder, environment):
        site = folder / "site"
        site.mkdir()
        for number in range(20):
            (site / f"{number}.txt").write_text(f"line {number}\n" * (1 << number % 12))
        command, port = self.prepare(self.program, folder)
        server = subprocess.Popen(
            command,
            cwd=site,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        # Whatever it does, it does not outlive its time.
        watch = threading.Timer(LONGEST_JOB_SECONDS, server.kill)
        watch.start()
        try:
            port = port or int(server.stdout.readline())
            ask(f"http://127.0.0.1:{port}/", self.name == "http_python")
        except (OSError, ValueError) as error:
            raise Failure(f"{self.name}: the server does not answer: {error}") from error
        finally:
            server.terminate()
            server.wait()
            watch.cancel()
            server.stdout.close()


def ask(base, with_posts):
    for attempt in range(100):
        try:
            urllib.request.urlopen(base, timeout=5).read()
            break
        except urllib.error.HTTPError:
            break
        except OSError:
            if attempt == 99:
                raise
            time.sleep(0.05)
    for request in range(600):
        urllib.request.urlopen(f"{base}{request % 20}.txt", timeout=10).read()
        if with_posts and request % 2 == 0:
            body = b'{"values": [' + b", ".join([b"%d" % request] * (request % 90 + 1)) + b"]}"
            urllib.request.urlopen(base, data=body, timeout=10).read()


def run_bounded(command, folder, environment):
    with open(folder / "out", "wb") as out, open(folder / "errors", "wb") as errors:
        process = subprocess.Popen(
            [str(word) for word in command],
            cwd=folder,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=errors,
            start_new_session=True,  # what it starts ends with it
        )
        try:
            process.wait(LONGEST_JOB_SECONDS)
        except BaseException as error:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            if isinstance(error, subprocess.TimeoutExpired):
                raise Failure(
                    f"{command[0]} did not end within {LONGEST_JOB_SECONDS} s"
                ) from error
            raise
    if process.returncode not in (0, 1):  # 1: diff or grep found something, or nothing
        told = (folder / "errors").read_text(errors="replace")[-500:]
        raise Failure(f"{command[0]} failed with {process.returncode}: {told}")


def names_in(text, known, what):
    names = [name for name in text.split(",") if name]
    for name in names:
        if name not in known:
            raise Failure(f"{name} is no {what}. Fix: name some of {', '.join(known)}")
    if not names:
        raise Failure(f"no {what} is named. Fix: name some of {', '.join(known)}")
    return names


class Recorder:
    """Makes unpacked traces, NAME.trace, in `folder`."""

    def __init__(self, folder, binaries):
        self.folder = folder
        self.library = binaries / "tools/trace/librecorder.so"
        self.packer = binaries / "tools/trace/trace"
        self.binaries = binaries

    def trace_of(self, job):
        """The recorded one, if it is there."""
        trace = self.folder / f"{job.name}.trace"
        if not trace.exists():
            print(f"recording {job.name}", file=sys.stderr, flush=True)
            self._record(job)
        return trace

    def _record(self, job):
        if not job.program:
            raise Failure(f"{job.name} is not installed. Fix: apt-get install {job.package}")
        work = self.folder / f"{job.name}.work"
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        try:
            environment = {
                "LC_ALL": "C",
                "LD_PRELOAD": str(self.library),
                "WORKBOOK_TRACE": str(work / "raw"),
                **job.environment,
            }
            job.record(work, environment)
            self._pack(job.name, work)
        finally:
            shutil.rmtree(work, ignore_errors=True)

    def _pack(self, name, work):
        raw = max(work.glob("raw.*"), key=lambda path: path.stat().st_size, default=None)
        if raw is None or raw.stat().st_size < RAW_EVENT_BYTES:
            raise Failure(
                f"{name}: nothing was recorded. Fix: leave it out by --only; a program that is "
                f"linked statically can't be recorded"
            )
        # A process that ended by _exit may have left part of an event.
        events = min(raw.stat().st_size // RAW_EVENT_BYTES, MAX_EVENTS)
        os.truncate(raw, events * RAW_EVENT_BYTES)
        packed = work / "packed.gz"
        output_of([self.packer, "pack", raw, packed], work)
        unpacked = work / "unpacked"
        unpacked.write_bytes(gzip.decompress(packed.read_bytes()))
        unpacked.replace(self.folder / f"{name}.trace")

    def server(self):
        """Our own: a heap of generations, as a JVM's that is not its own allocator."""
        server = self.binaries / "solutions/01_01/trials/server"
        return Job("server", [str(server)], "", lambda program, _: [program])

    def reproducer(self, mode):
        reproducers = self.binaries / "solutions/01_01/trials/reproducers"
        return Job(mode, [str(reproducers)], "", lambda program, _: [program, mode, "first"])

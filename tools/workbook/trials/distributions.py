#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Starts the workbook on bare systems, as somebody new to it would.

    sudo python3 tools/workbook/trials/distributions.py [--systems bookworm,trixie]

Bootstraps each system into a folder (needs root and debootstrap), clones the last
commit there for an ordinary user with sudo, and does what README.md tells him to.
Prints a Markdown table. A system whose archive is not given or not reached is a row
that says so. Exit code 0 when every system that was tried works. An hour or more for
each system on two cores; about 6 GB while it runs.
"""

import argparse
import datetime
import json
import os
import pathlib
import re
import shlex
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field

ROOT = pathlib.Path(__file__).resolve().parents[3]
USER = "learner"
CLONE = f"/home/{USER}/memory-workbook"

# Suite of the archive: its origin, and what people call it.
SYSTEMS = {
    "bookworm": ("Debian", "Debian 12"),
    "trixie": ("Debian", "Debian 13"),
    "sid": ("Debian", "Debian unstable"),
    "noble": ("Ubuntu", "Ubuntu 24.04"),
    "resolute": ("Ubuntu", "Ubuntu 26.04"),
}

# What stands for the modules that Bazel 7 itself needs, beside what ./workbook installs.
MODULE_PACKAGES = ("bazel-features bazel-platforms bazel-rules-cc bazel-rules-license "
                   "bazel-rules-python bazel-rules-shell bazel-skylib")
MODULES = ("python3 tools/workbook/trials/stand_ins.py ~/stand_ins && "
           "bazel --bazelrc=$HOME/stand_ins/bazelrc")


def container_command():
    """What .devcontainer types when a container is made."""
    text = (ROOT / ".devcontainer/devcontainer.json").read_text()
    return json.loads(text)["postCreateCommand"]


# Name: what is typed, the exit codes that are right, what has to be on the screen.
# A check of a fresh clone ends with 3: nothing is written yet.
STEPS = {
    "start": ("./workbook", {0}, "Welcome to the Memory Workbook"),
    "check": ("./workbook check", {3}, "core tasks, "),
    "verify": ("./workbook verify 04_01", {0}, "0 failed"),
    # What verify would have installed: mutants need patch.
    "setup": ("./workbook setup --author", {0}, "everything is there"),
    "test": ("bazel test //solutions/04_01/...", {0}, ""),
    # What a dev container does when it is made.
    "container": (f"sudo sh -c {shlex.quote(container_command())}", {0}, ""),
    # MODULE.bazel alone; the registry is out of reach, so its modules are made up.
    "packages": (f"sudo apt-get install -y --no-install-recommends {MODULE_PACKAGES}", {0}, ""),
    "references": (f"{MODULES} test -k //solutions/... //tools/...", {0}, ""),
    "stubs": (f"{MODULES} test -k //exercises/...", {3}, ""),
}


@dataclass
class Row:
    system: str
    compiler: str = ""
    bazel: str = ""
    first_start: str = ""
    passed: list = field(default_factory=list)
    problem: str = ""

    def text(self):
        verdict = self.problem or "works"
        if self.passed:
            verdict += ": " if not self.problem else "; passed: "
            verdict += ", ".join(self.passed)
        cells = (self.system, self.compiler, self.bazel, self.first_start, verdict)
        return "| " + " | ".join(cells) + " |"


class Failure(Exception):
    """What a system lacks, in a sentence for its row."""


def mirror_of(origin):
    """Where this machine gets `origin`'s packages; "" where it does not."""
    listed = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(LABEL)|$(REPO_URI)",
         "Created-By: Packages"],
        capture_output=True, text=True, check=False,
    ).stdout
    for line in listed.splitlines():
        label, _, uri = line.partition("|")
        if label == origin:
            return uri
    return ""


class System:
    """A bare system in a folder of its own, which close() takes down."""

    def __init__(self, suite, mirror, folder, keyring):
        self._root = folder / suite
        self._log_path = folder / f"{suite}.log"
        self._log = self._log_path.open("w")
        self._mounted = []
        self._bootstrap(suite, mirror, keyring)
        for name in ("proc", "sys", "dev"):
            self._host("mount", "--bind", f"/{name}", self._root / name)
            self._mounted.append(self._root / name)
        for name in ("resolv.conf", "hosts"):
            self._host("cp", f"/etc/{name}", self._root / "etc" / name)
        self._host("chroot", self._root, "useradd", "-m", "-s", "/bin/bash", USER)
        sudoers = self._root / "etc/sudoers.d" / USER
        sudoers.write_text(f"{USER} ALL=(ALL) NOPASSWD: ALL\n")
        clone = f"{self._root}{CLONE}"
        self._host("git", "clone", "--quiet", ROOT, clone)
        self._host("chroot", self._root, "chown", "-R", f"{USER}:", CLONE)

    def _bootstrap(self, suite, mirror, keyring):
        options = ["--variant=minbase", "--include=ca-certificates,sudo"]
        if SYSTEMS[suite][0] == "Ubuntu":
            options.append("--components=main,universe")
        options.append(f"--keyring={keyring}" if keyring else "--force-check-gpg")
        # What an interrupted trial left has nothing mounted, or this fails.
        self._host("rm", "-rf", "--one-file-system", self._root)
        self._host("debootstrap", *options, suite, self._root, mirror,
                   failure="archive not reached, or not trusted")

    def _host(self, *command, failure="could not be set up"):
        words = [str(word) for word in command]
        self._log.flush()
        run = subprocess.run(words, stdout=self._log, stderr=self._log, check=False)
        if run.returncode != 0:
            raise Failure(f"{failure} ({words[0]}: see {self._log_path})")

    def run(self, line):
        """A line typed by the user; its exit code and what the screen shows."""
        typed = f"cd {CLONE} && {line}"
        run = subprocess.run(
            ["chroot", str(self._root), "su", "-", USER, "-c", typed],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, errors="replace", check=False,
        )
        self._log.write(f"$ {line}\n{run.stdout}\nexit code {run.returncode}\n")
        self._log.flush()
        return run.returncode, run.stdout

    def close(self, keep):
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                if os.readlink(process / "root") == str(self._root):
                    os.kill(int(process.name), signal.SIGKILL)
            except OSError:
                continue
        time.sleep(1)
        for place in reversed(self._mounted):
            subprocess.run(["umount", "-l", str(place)], check=False)
        if not keep and not any(os.path.ismount(place) for place in self._mounted):
            self._host("rm", "-rf", "--one-file-system", self._root)
        self._log.close()


def problem_of(screen, code):
    """The sentence that a failed step ended with."""
    told = [line for line in screen.splitlines() if line.startswith("workbook: ")]
    told = [line for line in told if "still at it" not in line]
    errors = re.findall(r"^(?:ERROR|FATAL|FAIL)\b.*", screen, re.MULTILINE)
    words = (told + errors or ["no word"])[-1]
    return f"exit code {code}, {words[:160]}".replace("|", "/")


def try_out(row, system, steps):
    for name in steps:
        line, codes, shown = STEPS[name]
        print(f"{row.system}: {line}", file=sys.stderr, flush=True)
        started = time.monotonic()
        code, screen = system.run(line)
        if name == "start":
            row.first_start = f"{(time.monotonic() - started) / 60:.0f}"
            row.compiler = system.run("g++ -dumpfullversion")[1].strip()[:12]
            row.bazel = system.run(
                "dpkg-query -W -f '${Version}' bazel-bootstrap | sed 's/+.*//'"
            )[1].strip()[:12]
        if code not in codes or shown not in screen:
            row.problem = f"{shlex.quote(line)}: {problem_of(screen, code)}"
            return
        row.passed.append(line)


# The only system whose Bazel knows modules and whose packages can stand for them.
OF_MODULES = {"packages", "references", "stubs"}


def steps_of(suite, until):
    # What verify proves is the same everywhere: one family of systems will do.
    others = {"setup" if SYSTEMS[suite][0] == "Debian" else "verify"}
    if suite != "sid":
        others |= OF_MODULES
    if suite != "bookworm":
        others.add("container")
    names = [name for name in STEPS if name not in others]
    return names[: names.index(until) + 1] if until in names else names


def row_of(suite, mirror, options):
    row = Row(SYSTEMS[suite][1])
    if not mirror:
        row.problem = "archive not reached"
        return row
    system = None
    try:
        system = System(suite, mirror, options.folder, options.keyring)
        try_out(row, system, steps_of(suite, options.until))
    except Failure as failure:
        row.problem = str(failure)
    finally:
        if system:
            system.close(options.keep)
    return row


def read_options():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--systems", default=",".join(SYSTEMS))
    parser.add_argument("--debian", default=mirror_of("Debian"), help="mirror of Debian")
    parser.add_argument("--ubuntu", default=mirror_of("Ubuntu"), help="mirror of Ubuntu")
    parser.add_argument("--keyring", help="keys of an archive that this machine lacks")
    parser.add_argument("--until", choices=list(STEPS), default=list(STEPS)[-1])
    parser.add_argument("--folder", type=pathlib.Path,
                        default=pathlib.Path("/var/tmp/workbook-distributions"))
    parser.add_argument("--keep", action="store_true", help="leave the systems there")
    options = parser.parse_args()
    options.suites = options.systems.split(",")
    unknown = [suite for suite in options.suites if suite not in SYSTEMS]
    if unknown:
        parser.error(f"no such system: {unknown[0]}; known are {', '.join(SYSTEMS)}")
    if os.geteuid() != 0:
        parser.error("debootstrap and chroot need root: start it with sudo")
    return options


def main():
    options = read_options()
    # So that a trial that is ended takes its system down.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    options.folder = options.folder.resolve()
    options.folder.mkdir(parents=True, exist_ok=True)
    print(f"Run on {datetime.date.today()}; first start in minutes.\n")
    print("| system | g++ | Bazel | first start | verdict |")
    print("|---|---|---|---|---|", flush=True)
    failed = False
    for suite in options.suites:
        mirrors = {"Debian": options.debian, "Ubuntu": options.ubuntu}
        row = row_of(suite, mirrors[SYSTEMS[suite][0]], options)
        failed = failed or bool(row.problem and row.problem != "archive not reached")
        print(row.text(), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

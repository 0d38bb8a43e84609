# SPDX-License-Identifier: Apache-2.0

"""A copy of this checkout to try things on, with a Bazel server of its own."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[3]


class Failure(Exception):
    """What a trial found wrong: what happened, and where."""


def output_of(command, folder):
    """stdout of a command that has to succeed."""
    try:
        run = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    except OSError as error:
        raise Failure(f"{command[0]} did not start: {error}. ./workbook setup") from error
    if run.returncode != 0:
        raise Failure(
            f"{' '.join(map(str, command))}: exit code {run.returncode}\n"
            f"{run.stderr[-2000:]}"
        )
    return run.stdout


def bazel():
    for name in (os.environ.get("WORKBOOK_BAZEL"), "bazel", "bazelisk"):
        if name and shutil.which(name):
            return name
    raise Failure("Bazel is not installed: ./workbook setup")


class CourseCopy:
    """The tracked files as they are now, in a folder that __exit__ removes.

    The checkout is only read: whatever ends the trial, a learner's files stay as
    they are. A trial that is killed leaves the folder, whose name it printed.
    """

    def __init__(self, keep=None):
        self._keep = keep

    def __enter__(self):
        # The launcher builds the command where it is not current.
        output_of(["./workbook", "list"], ROOT)
        if self._keep:
            self.root = pathlib.Path(self._keep).resolve()
            if self.root == ROOT or self.root in ROOT.parents:
                raise Failure(f"{self.root} is the checkout itself: name another folder")
            self.root.mkdir(parents=True, exist_ok=True)
        else:
            self.root = pathlib.Path(tempfile.mkdtemp(prefix="workbook-trial-"))
        print(f"a copy of the course: {self.root}", flush=True)
        for name in output_of(["git", "ls-files", "-z"], ROOT).split("\0"):
            if name and (ROOT / name).exists():
                (self.root / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, self.root / name)
        shutil.rmtree(self.root / ".workbook", ignore_errors=True)
        (self.root / ".workbook/bin").mkdir(parents=True)
        # Without its time: it is newer than what it was built from.
        shutil.copy(ROOT / ".workbook/bin/workbook", self.root / ".workbook/bin")
        return self

    def __exit__(self, *_):
        if self._keep:
            subprocess.run([bazel(), "shutdown"], cwd=self.root, capture_output=True)
            return
        subprocess.run(
            [bazel(), "clean", "--expunge"], cwd=self.root, capture_output=True
        )
        shutil.rmtree(self.root, ignore_errors=True)

    def manifest(self, exercise):
        file = self.root / "exercises" / exercise / "exercise.toml"
        if not file.exists():
            raise Failure(f"there is no exercise {exercise}: {file}")
        return tomllib.loads(file.read_text())

    def reset(self, exercise):
        """Makes the exercise pristine, whatever the checkout holds."""
        output_of(["./workbook", "reset", exercise, "--yes"], self.root)

    def reference(self, exercise, file):
        """The reference as ./workbook solution shows it."""
        return output_of(
            ["./workbook", "solution", exercise, file, "--anyway"], self.root
        )

    def write(self, exercise, file, text):
        (self.root / "exercises" / exercise / file).write_text(text)

    def solve(self, exercise, task):
        for file in task["files"]:
            self.write(exercise, file, self.reference(exercise, file))

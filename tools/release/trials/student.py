#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Works in a released copy as a student would, and sees that every command answers.

    python3 tools/release/trials/student.py COPY [01_02] [--filter fixed_size_pool]

COPY is what `./workbook release --out COPY` made. Its commands run in a pseudo-terminal;
the stub's first file is edited and reset. Exit code 0 when everything was right, 1 with
the command that was not and what the screen showed.
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tomllib

sys.path.append(str(pathlib.Path(__file__).resolve().parents[2] / "workbook" / "trials"))

import terminal  # noqa: E402
from course_copy import Failure  # noqa: E402

STEP_SECONDS = 1800  # a first build of ten tests on a busy machine
ABSENT = "solution diff verify release grade regrade apply run-job similarity".split()


class Student:
    def __init__(self, copy, exercise):
        self.copy = pathlib.Path(copy).resolve()
        self.exercise = exercise
        self.folder = self.copy / "exercises" / exercise
        # The stubs of an exercise of the other kind work, and waste.
        manifest = tomllib.loads((self.folder / "exercise.toml").read_text())
        self.untouched = "red" if manifest["kind"] == "improve" else "to write"

    def expect(self, words, exit_code, shows, keys=()):
        text, ended = terminal.run(self.copy, words, keys, STEP_SECONDS)
        command = "./workbook " + " ".join(words)
        if ended != exit_code or any(part not in text for part in shows):
            raise Failure(
                f"{command}\n  wanted: exit code {exit_code} and {shows}\n"
                f"  exit code {ended}, and the screen shows:\n{text}"
            )
        print(f"$ {command}\n    exit code {ended}: {', '.join(shows)}", flush=True)
        return text

    def bazel(self, words, exit_code):
        run = subprocess.run(
            [os.environ.get("WORKBOOK_BAZEL", "bazel"), *words],
            cwd=self.copy,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        command = "bazel " + " ".join(words)
        if run.returncode != exit_code:
            raise Failure(f"{command}: exit code {run.returncode}\n{run.stdout[-3000:]}")
        print(f"$ {command}\n    exit code {run.returncode}", flush=True)

    def finds_nothing_secret(self):
        for path in self.copy.rglob("*"):
            # A student's own build is not what was handed out.
            if path.relative_to(self.copy).parts[0].startswith((".workbook", "bazel-")):
                continue
            name = path.name.lower()
            if any(part in name for part in ("solution", "mutant", "hidden_", "notes.md")):
                raise Failure(f"{path} is in the copy")
        print("no name of a solution, a mutant, a hidden test or a note", flush=True)

    def edits_and_resets(self):
        pristine = self.copy / "pristine" / self.exercise
        first = sorted(pristine.iterdir())[0].name
        edited = self.folder / first
        before = edited.read_bytes()
        edited.write_bytes(before + b"// mine\n")
        self.expect(["reset", self.exercise, "--yes"], 0, [first])
        if edited.read_bytes() != before:
            raise Failure(f"reset did not bring {edited} back")

    def works(self, pattern):
        self.finds_nothing_secret()
        self.expect([], 0, [self.exercise])
        self.expect(["list"], 0, [self.exercise])
        self.expect(["check", self.exercise], 3, ["0 of", self.untouched])
        self.expect(["hint", self.exercise], 0, [", hint ", " of 3: "])
        self.edits_and_resets()
        self.expect(["watch", self.exercise], 3, [self.untouched, "Stopped."], [("q quit", "q")])
        for word in ABSENT:
            self.expect([word, self.exercise], 4, ["comes without solutions"])
        self.expect(["doctor"], 0, ["compiler", "not needed: no solutions here"])
        self.expect(["bench", self.exercise, "--filter", pattern], 0, ["baseline", "peer"])
        self.bazel(["build", "--symlink_prefix=/", "//..."], 0)
        test = ["test", "--symlink_prefix=/", "--keep_going"]
        self.bazel([*test, f"//exercises/{self.exercise}/..."], 3)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("copy")
    parser.add_argument("exercise", nargs="?", default="01_02")
    parser.add_argument("--filter", default="fixed_size_pool", help="rows of its benchmark")
    options = parser.parse_args()
    try:
        Student(options.copy, options.exercise).works(options.filter)
    except Failure as failure:
        print(f"student: {failure}", file=sys.stderr)
        return 1
    print("every command of the copy answers a student.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

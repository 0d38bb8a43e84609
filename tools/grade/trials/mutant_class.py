#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A class whose mistakes are known: the reference, the stub and the mutants.

    python3 tools/grade/trials/mutant_class.py make 02_02 --out FOLDER
        [--students 40] [--correct]
    python3 tools/grade/trials/mutant_class.py check 02_02 --class FOLDER
        --result marks/result.json

make writes a folder a student: `reference`, `stub`, then one mutant a student, and
from the second round on two mutants of different tasks. Every second one is a zip.
Who has which mutant is kept beside the folder. With --correct everybody has the
reference with a comment of his own in every file: for --against-bare and --repeat.

check reads what `./workbook grade` made of them: the reference has full marks, and
of every mutant the test that its patch names did not pass. Mutants that only a
debug build or ThreadSanitizer shows are listed apart: a grader's build is neither.
"""

import argparse
import collections
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[3]


class Failure(Exception):
    """Told in a sentence; the trial ends."""


class Course:
    """One exercise: its files, and the patches that make them wrong."""

    def __init__(self, exercise):
        self.exercise = exercise
        manifest = ROOT / "exercises" / exercise / "exercise.toml"
        if not manifest.exists():
            raise Failure(f"{manifest} is not there: give an exercise, such as 02_02")
        tasks = tomllib.loads(manifest.read_text())["tasks"]
        self.task_of = {file: number for number, task in enumerate(tasks, 1) for file in task["files"]}
        self.patches = self._a_task_each(
            sorted((ROOT / "solutions" / exercise / "mutants").glob("*.patch"))
        )

    def _a_task_each(self, patches):
        """The first patch of each task, then the second: a small class has many tasks."""
        before = collections.Counter()
        rounds = []
        for patch in patches:
            rounds.append((before[self.task(patch)], patch))
            before[self.task(patch)] += 1
        return [patch for _, patch in sorted(rounds)]

    def task(self, patch):
        file = re.search(r"^\+\+\+ b/solutions/[0-9_]+/(\S+)", patch.read_text(), re.M).group(1)
        return self.task_of[file]

    def named_test(self, patch):
        """The first of those that the patch names."""
        return re.search(r"^Caught by: ([^\s,]+)", patch.read_text(), re.M).group(1)

    def write(self, folder, patches=()):
        """The exercise's files, with the patches applied, as a learner has them."""
        folder.mkdir(parents=True)
        for file in self.task_of:
            shutil.copy(ROOT / "solutions" / self.exercise / file, folder / file)
        for patch in patches:
            run = subprocess.run(
                ["patch", "--quiet", "--batch", "-p3", "-d", folder, "-i", patch],
                capture_output=True,
                text=True,
                check=False,
            )
            if run.returncode:
                raise Failure(f"{patch.name} does not apply: {run.stdout.strip()}")


def pairs(course):
    """One patch a student, then two of different tasks, without end."""
    patches = course.patches
    yield from ([patch] for patch in patches)
    distance = 1
    while True:
        for first, patch in enumerate(patches):
            other = patches[(first + distance) % len(patches)]
            if course.task(patch) != course.task(other):
                yield [patch, other]
        distance += 1


def as_zip(folder):
    with zipfile.ZipFile(folder.with_suffix(".zip"), "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, file.name)
    shutil.rmtree(folder)


def make_correct(course, out, students, ending=""):
    """With an ending, such as .cc, only these files differ from student to student."""
    for number in range(students):
        folder = out / f"r{number:03d}"
        course.write(folder)
        for file in folder.glob(f"*{ending}"):
            with file.open("a") as text:
                text.write(f"// Handed in by student {number}.\n")
    return {f"r{number:03d}": [] for number in range(students)}


def make_wrong(course, out, students):
    course.write(out / "reference")
    shutil.copytree(
        ROOT / "exercises" / course.exercise,
        out / "stub",
        ignore=lambda _, names: [name for name in names if name not in course.task_of],
    )
    known = {"reference": [], "stub": []}
    for patches in pairs(course):
        if len(known) >= students:
            break
        name = f"s{len(known):03d}"
        course.write(out / name, patches)
        known[name] = [patch.name for patch in patches]
        if len(known) % 2:
            as_zip(out / name)
    return known


def make(options):
    course = Course(options.exercise)
    out = pathlib.Path(options.out)
    if out.exists():
        raise Failure(f"{out} is there already: give a new folder")
    maker = make_correct if options.correct else make_wrong
    known = maker(course, out, options.students)
    out.with_suffix(".json").write_text(json.dumps(known, indent=1) + "\n")
    print(f"{len(known)} submissions in {out}; who has which mutant: {out.with_suffix('.json')}")


def check(options):
    course = Course(options.exercise)
    known = json.loads(pathlib.Path(getattr(options, "class")).with_suffix(".json").read_text())
    results = {
        result["student"].partition(".")[0]: result
        for result in json.loads(pathlib.Path(options.result).read_text())["results"]
    }
    wrong, elsewhere, seen = [], set(), 0
    for student, patches in known.items():
        result = results.get(student)
        if result is None:
            wrong.append(f"{student} has no result")
            continue
        tests = {test["name"]: test["state"] for task in result["tasks"] for test in task["tests"]}
        if not patches and student != "stub" and result["points"] != result["max_points"]:
            wrong.append(f"{student} has {result['points']} of {result['max_points']}")
        for patch in patches:
            test = course.named_test(ROOT / "solutions" / options.exercise / "mutants" / patch)
            state = tests.get(test, "not run")
            if state not in ("passed", "not run"):
                seen += 1
            elif state == "not run" or ".race." in patch:
                elsewhere.add(f"{patch}: {test} {state}")
            else:
                wrong.append(f"{student}: {patch} passed {test}")
    print(f"{len(known)} submissions, {seen} mutants seen by the test they name")
    for line in sorted(elsewhere):
        print(f"  no test of a grader's build: {line}")
    for line in wrong:
        print(f"  WRONG: {line}")
    return 1 if wrong else 0


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(required=True)
    making = commands.add_parser("make")
    making.add_argument("exercise")
    making.add_argument("--out", required=True)
    making.add_argument("--students", type=int, default=40)
    making.add_argument("--correct", action="store_true")
    making.set_defaults(run=make)
    checking = commands.add_parser("check")
    checking.add_argument("exercise")
    checking.add_argument("--class", required=True)
    checking.add_argument("--result", required=True)
    checking.set_defaults(run=check)
    options = parser.parse_args()
    try:
        return options.run(options)
    except Failure as failure:
        print(f"mutant_class: {failure}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())

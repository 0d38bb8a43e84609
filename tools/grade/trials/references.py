#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Grades the reference and the stub of every exercise: all marks, and hardly any.

    python3 tools/grade/trials/references.py --out FOLDER [NN_MM ...]

A reference that gets less than everything stops a grading before it begins, and no
test of the sample shows that of a real exercise. Prints a Markdown table of marks and
seconds. Exit code 1 when an exercise cannot be graded, or a stub gets a tenth.
"""

import argparse
import json
import pathlib
import shutil
import subprocess
import sys
import time

import mutant_class

ROOT = pathlib.Path(__file__).resolve().parents[3]


def grade(exercise, out):
    shutil.rmtree(out / "marks", ignore_errors=True)
    with open(out / "log", "w") as log:
        run = subprocess.run(
            ["./workbook", "grade", "--exercise", exercise, "--submissions", str(out / "inbox"),
             "--out", str(out / "marks")],
            cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False)
    if run.returncode != 0:
        told = [line for line in (out / "log").read_text().splitlines() if line.startswith("workbook: ")]
        return None, (told or [f"exit code {run.returncode}, see {out / 'log'}"])[-1]
    book = json.loads((out / "marks/result.json").read_text())["results"]
    return {result["student"]: result for result in book}, ""


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("exercises", nargs="*", metavar="NN_MM")
    parser.add_argument("--out", required=True, type=pathlib.Path)
    options = parser.parse_args()
    known = sorted(path.parent.name for path in (ROOT / "exercises").glob("*/exercise.toml"))
    print("| exercise | reference | stub | seconds | flags |\n|---|---:|---:|---:|---|", flush=True)
    wrong = 0
    for exercise in options.exercises or known:
        out = options.out.resolve() / exercise
        out.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(out / "inbox", ignore_errors=True)
        mutant_class.make_wrong(mutant_class.Course(exercise), out / "inbox", 2)
        started = time.monotonic()
        marks, problem = grade(exercise, out)
        seconds = time.monotonic() - started
        if marks is None:
            print(f"| {exercise} | none | none | {seconds:.0f} | {problem.replace('|', '/')} |", flush=True)
            wrong += 1
            continue
        full, least = marks["reference"], marks["stub"]
        flags = "; ".join(full["flags"] + least["flags"]) or "none"
        print(f"| {exercise} | {full['points']:.2f} of {full['max_points']:.2f} | "
              f"{least['points']:.2f} | {seconds:.0f} | {flags} |", flush=True)
        is_improved = 'kind = "improve"' in (ROOT / "exercises" / exercise / "exercise.toml").read_text()
        if full["points"] != full["max_points"] or full["flags"]:
            wrong += 1
        if not is_improved and least["points"] > full["max_points"] / 10:
            wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

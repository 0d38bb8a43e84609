#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Kills the grader at random moments, starts it again, and looks at what is left.

    python3 tools/grade/trials/killed_class.py 02_02 --submissions FOLDER --out FOLDER
        [--kills 10] [--seconds 5 150] [--seed 1] [--like marks/result.json]

The same command is started until it ends by itself, killed (SIGKILL, the grader
alone) after a random number of seconds in between. In the end no event is lost and
each job has one line in the ledger. With --like, marks and verdicts are those of an
undisturbed grading. Give enough time between kills for a submission to end: only
whole ones are kept.
"""

import argparse
import json
import pathlib
import random
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]


def lines_of(ledger):
    """Whole lines; what a kill cut off is no event."""
    return ledger.read_bytes().split(b"\n")[:-1] if ledger.exists() else []


def grade(options, seconds):
    """Whether it ended by itself; None if it failed."""
    command = ["./workbook", "grade", "--exercise", options.exercise]
    command += ["--submissions", options.submissions, "--out", options.out]
    with open(f"{options.out}.log", "ab") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
    try:
        return True if process.wait(seconds) == 0 else None
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return False


def verdicts(path):
    """What must not depend on when the grader was killed; callgrind's counts may."""
    return {
        result["student"]: (
            result["points"],
            [(test["name"], test["state"]) for task in result["tasks"] for test in task["tests"]],
        )
        for result in json.loads(pathlib.Path(path).read_text())["results"]
    }


def problems(options, kept, ledger):
    for earlier in kept:
        if ledger[: len(earlier)] != earlier:
            yield f"{len(earlier)} events were there at a kill and are not now"
    # The event that names the seed has none.
    keys = [event["key"] for event in map(json.loads, ledger) if "key" in event]
    if len(keys) != len(set(keys)):
        yield f"{len(keys) - len(set(keys))} jobs were graded twice"
    if options.like:
        was, now = verdicts(options.like), verdicts(pathlib.Path(options.out) / "result.json")
        for student in now:
            if was.get(student) != now[student]:
                yield f"{student} has other marks or verdicts than undisturbed"


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("exercise")
    parser.add_argument("--submissions", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seconds", type=float, nargs=2, default=[5, 150])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--like")
    options = parser.parse_args()
    options.out = str(pathlib.Path(options.out).resolve())
    options.submissions = str(pathlib.Path(options.submissions).resolve())
    moments = random.Random(options.seed)
    ledger = pathlib.Path(options.out) / "events.jsonl"
    kept, ended = [], False
    while not ended:
        limit = moments.uniform(*options.seconds) if len(kept) < options.kills else None
        ended = grade(options, limit)
        if ended is None:
            print(f"killed_class: the grader failed; see {options.out}.log", file=sys.stderr)
            return 2
        if not ended:
            kept.append(lines_of(ledger))
            print(f"kill {len(kept)} after {limit:.0f} s: {len(kept[-1])} results", flush=True)
    events = lines_of(ledger)
    wrong = list(problems(options, kept, events))
    for problem in wrong:
        print(f"WRONG: {problem}")
    print(f"{len(kept)} kills, {len(events)} results, {len(wrong)} problems")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

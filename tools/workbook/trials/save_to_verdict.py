#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How long ./workbook check takes after a save, against the bare compiler.

    python3 tools/workbook/trials/save_to_verdict.py 01_02 fixed_size_pool.cc
        [--solved] [--pairs 9] [--keep FOLDER]

Bare are the compile of the edited file, the link and the run of every test that
uses it: Bazel's own command lines, started directly, links and runs of several
tests at the same time. Both sides work on a copy of the checkout, each on a new
edit, in pairs that change their order. A pair's ratio is checked / bare; shown is
the median of the pairs with the distribution-free interval for it.

With WORKBOOK_DIRECT=0 each check goes through Bazel, and its parts are shown too.
"""

import argparse
import concurrent.futures
import gzip
import json
import math
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

import course_copy
from course_copy import Failure, output_of

PARTS = ("compile", "link", "run")


def timed(command, **options):
    start = time.monotonic()
    run = subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, **options
    )
    return time.monotonic() - start, run


class Bare:
    """The compile, links and runs that an edit of `source` asks for."""

    def __init__(self, copy, source, tests, scratch):
        self.root = copy.root
        self.scratch = pathlib.Path(scratch)
        self.execution_root = self._bazel("info", "execution_root").strip()
        self.binaries = self._bazel("info", "bazel-bin").strip()
        actions = self._actions(tests)
        compiles = [
            arguments
            for arguments in actions
            if "-c" in arguments and arguments[arguments.index("-c") + 1] == source
        ]
        if len(compiles) != 1:
            raise Failure(f"{source} has {len(compiles)} compile actions, not one")
        self.object = self._output(compiles[0])
        self.compile = self._elsewhere(compiles[0])
        self.links = {}
        for test in tests:
            path = test.replace("//", "").replace(":", "/")
            for arguments in actions:
                if "-c" not in arguments and self._output(arguments).endswith("/" + path):
                    self.links[path] = self._elsewhere(arguments)
        if len(self.links) != len(tests):
            raise Failure(f"links of {sorted(self.links)} for tests {tests}")

    def _bazel(self, *words):
        return output_of([course_copy.bazel(), *words], self.root)

    def _actions(self, tests):
        found = self._bazel(
            "aquery",
            "--output=jsonproto",
            f'mnemonic("CppCompile|CppLink", deps(set({" ".join(tests)})))',
        )
        return [action["arguments"] for action in json.loads(found)["actions"]]

    @staticmethod
    def _output(arguments):
        return arguments[arguments.index("-o") + 1] if "-o" in arguments else ""

    def _elsewhere(self, arguments):
        """The same command; what it writes, and the new object, in our folder."""
        # aquery shows what a parameter file holds, and the file too.
        changed = [word for word in arguments if not word.startswith("@")]
        for flag in ("-o", "-MF"):
            if flag in changed:
                at = changed.index(flag) + 1
                changed[at] = str(self.scratch / pathlib.Path(changed[at]).name)
        mine = str(self.scratch / pathlib.Path(self.object).name)
        return [mine if word == self.object else word for word in changed]

    def _step(self, command, folder, may_fail=False):
        seconds, run = timed(command, cwd=folder)
        if run.returncode != 0 and not may_fail:
            raise Failure(f"{' '.join(command)}\n{run.stderr[-2000:]}")
        return seconds

    def _link_and_run(self, path):
        linked = self._step(self.links[path], self.execution_root)
        runfiles = f"{self.binaries}/{path}.runfiles/memory_workbook"
        # A red test ends with 1.
        ran = self._step([self._output(self.links[path])], runfiles, may_fail=True)
        return linked, ran

    def measure(self):
        start = time.monotonic()
        compiled = self._step(self.compile, self.execution_root)
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            tests = list(pool.map(self._link_and_run, self.links))
        whole = time.monotonic() - start
        return {
            "whole": whole,
            "compile": compiled,
            "link": max(linked for linked, _ in tests),
            "run": max(ran for _, ran in tests),
        }


def united_seconds(spans):
    """The time that is inside at least one of these (start, end) in microseconds."""
    total, reached = 0, -math.inf
    for start, end in sorted(spans):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total / 1e6


class Checked:
    """./workbook check, and what Bazel's profile of it says where there is one."""

    KINDS = {
        "compile": r"action processing: Compiling ",
        "link": r"action processing: Linking ",
        "run": r"action processing: Testing ",
        "program": r"[^:]*: (subprocess\.run|Remote execution process wall time)",
        "sandbox": r"[^:]*: sandbox\.",
    }

    def __init__(self, copy, exercise):
        self.root = copy.root
        self.command = ["./workbook", "check", exercise, "--all"]
        base = output_of([course_copy.bazel(), "info", "output_base"], self.root)
        self.profile = pathlib.Path(base.strip()) / "command.profile.gz"

    def once(self):
        seconds, run = timed(self.command, cwd=self.root)
        # 3: a test is red, as is everything before it is written.
        if run.returncode not in (0, 3):
            raise Failure(f"{' '.join(self.command)}: {run.returncode}\n{run.stderr}")
        return seconds

    def measure(self):
        before = self.profile.stat().st_mtime_ns
        whole = self.once()
        if self.profile.stat().st_mtime_ns == before:
            return {"whole": whole}  # past Bazel, which has nothing to tell
        with gzip.open(self.profile) as file:
            events = json.load(file)["traceEvents"]
        spans = {kind: [] for kind in (*self.KINDS, "bazel", "actions")}
        for event in events:
            if event.get("ph") != "X":
                continue
            name = f"{event.get('cat', '')}: {event['name']}"
            span = (event["ts"], event["ts"] + event["dur"])
            spans["bazel"].append(span)
            for kind, pattern in self.KINDS.items():
                if re.match(pattern, name):
                    spans[kind].append(span)
                    if kind in PARTS:
                        spans["actions"].append(span)
        result = {kind: united_seconds(each) for kind, each in spans.items()}
        result["whole"] = whole
        first = min((start for start, _ in spans["bazel"]), default=0)
        last = max((end for _, end in spans["bazel"]), default=0)
        around = (last - first) / 1e6 - result["actions"]
        result["Bazel around them"] = around
        result["our own, and Bazel's client"] = whole - (last - first) / 1e6
        return result


def median_interval(values):
    """The narrowest pair of order statistics that holds the median 95 % of the time."""
    ordered = sorted(values)
    count = len(ordered)
    outside, depth = 0.0, 0
    while True:
        outside += 2 * math.comb(count, depth) / 2**count
        if outside > 0.05:
            break
        depth += 1
    if depth == 0:
        raise Failure(f"{count} pairs are too few for an interval: 6 or more")
    return ordered[depth - 1], ordered[count - depth]


class Edits:
    """Saves of one file, each with a new function, so that its object differs.

    The function's name is in no earlier run either: a cache must not know it.
    """

    def __init__(self, copy, exercise, file):
        self.copy, self.exercise, self.file = copy, exercise, file
        self.text = (copy.root / "exercises" / exercise / file).read_text()

    def save(self):
        name = f"SaveToVerdict{time.time_ns()}"
        extra = f"\nint {name}();\nint {name}() {{ return 1; }}\n"
        self.copy.write(self.exercise, self.file, self.text + extra)


def dependent_tests(copy, exercise, source):
    package, _, file = source.rpartition("/")
    found = output_of(
        [
            course_copy.bazel(),
            "query",
            f"kind(cc_test, rdeps(//{package}:all, //{package}:{file}))",
        ],
        copy.root,
    ).split()
    tasks = {f"//{package}:{task['test']}" for task in copy.manifest(exercise)["tasks"]}
    tests = [label for label in found if label in tasks]
    if not tests:
        raise Failure(f"no task's test uses {source}")
    return tests


def print_part(name, checked, bare, whole):
    values = [pair[name] for pair in checked if name in pair]
    if len(values) < len(checked):
        return
    beside = ""
    if bare:
        beside = f"{statistics.median([p[name] for p in bare]) / whole:>12.2f}"
    print(f"  {name:<32}{statistics.median(values) / whole:>8.2f}{beside}")


def print_result(title, checked, bare):
    ratios = [c["whole"] / b["whole"] for c, b in zip(checked, bare)]
    low, high = median_interval(ratios)
    whole = statistics.median([b["whole"] for b in bare])
    print(f"\n{title}")
    print(
        f"  checked / bare: {statistics.median(ratios):.2f}x"
        f"  ({low:.2f} to {high:.2f}, {len(ratios)} pairs)"
    )
    verdict = statistics.median([c["whole"] for c in checked])
    print(f"  from save to verdict: {verdict:.2f} s, bare {whole:.2f} s (medians)")
    print("\n  medians, bare = 1                checked        bare")
    for part in ("whole", *PARTS):
        print_part(part, checked, bare, whole)
    for part in ("Bazel around them", "our own, and Bazel's client", "sandbox"):
        print_part(part, checked, None, whole)
    through_bazel = sum("compile" in pair for pair in checked)
    print(f"  ({through_bazel} of {len(checked)} checks went through Bazel)")


def measure(copy, options):
    exercise, file = options.exercise, options.file
    tasks = copy.manifest(exercise)["tasks"]
    if file not in [name for task in tasks for name in task["files"]]:
        raise Failure(f"{file} is not a file of {exercise}: see its exercise.toml")
    if not file.endswith(".cc"):
        raise Failure(f"{file}: a header's edit compiles tests, too; name a .cc file")
    copy.reset(exercise)
    if options.solved:
        for task in tasks:
            copy.solve(exercise, task)
    source = f"exercises/{exercise}/{file}"
    checked = Checked(copy, exercise)
    print("building the tests once", flush=True)
    checked.once()
    tests = dependent_tests(copy, exercise, source)
    edits = Edits(copy, exercise, file)
    pairs = []
    with tempfile.TemporaryDirectory(prefix="workbook-bare-") as scratch:
        sides = [Bare(copy, source, tests, scratch), checked]
        for number in range(options.pairs + 1):
            pair = {}
            for side in sides if number % 2 == 0 else reversed(sides):
                edits.save()
                pair[side] = side.measure()
            # The first one warms up.
            if number > 0:
                pairs.append([pair[side] for side in sides])
    state = "solved" if options.solved else "unsolved"
    print_result(
        f"{source}, {exercise} {state}, used by {len(tests)} of {len(tasks)} tests",
        [pair[1] for pair in pairs],
        [pair[0] for pair in pairs],
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("exercise")
    parser.add_argument("file", help="one of its .cc files")
    parser.add_argument("--solved", action="store_true", help="all tasks are")
    parser.add_argument("--pairs", type=int, default=9)
    parser.add_argument("--keep", metavar="FOLDER", help="use this one, and leave it")
    options = parser.parse_args()
    try:
        with course_copy.CourseCopy(options.keep) as copy:
            measure(copy, options)
    except Failure as failure:
        print(f"save_to_verdict: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a change of 01_01's allocator, or of a benchmark, does to its speed.

    python3 solutions/01_01/trials/compare_commits.py OLD NEW
        [--only sawtooth,python,...] [--keep FOLDER] [--no-time]
    python3 solutions/01_01/trials/compare_commits.py OLD NEW
        --bench //solutions/01_02:bench [--filter adaptive_pool/]

Builds the library of both commits twice, with functions aligned to 16 and to 64
bytes: what only the layout of code has moved, moves at one of them. Both play the
programs of reproducers.cc and the recorded ones that --only names:

- instructions within malloc's family, by callgrind, faults and peak memory: what
  moved by more than 2 % is told;
- time, as slices of old, new and old again in turn. What differs at both alignments,
  in the same direction, by more than old differs from itself, is told.

With --bench: instructions an operation of the reference's rows, by callgrind.
Exit code: 0 nothing is slower, 1 it could not be measured, 3 something is slower.
"""

import argparse
import collections
import json
import math
import pathlib
import re
import signal
import subprocess
import sys
import tempfile

import measuring
import slices
from commit_builds import CommitBuilds, commit_of, need_clean_checkout, preload_of
from course_copy import Failure
from measuring import REPRODUCERS, TARGETS, Measurements, Recorded, Reproducer
from recordings import Recorder, jobs, names_in, sequence_names
from tables import METRICS, PAGE_KIB, markdown_table

ALIGNMENTS = (16, 64)
INSTRUCTIONS_LIMIT = 0.02
KERNELS_PAGES = 8
FIELDS = [field for _, field, _ in METRICS]
SLOWER = 3


def moved(old, new):
    """By how much of the old, if that is more than the limit; else 0."""
    change = (new - old) / old if old else float(new != old)
    return change if abs(change) > INSTRUCTIONS_LIMIT else 0


def moved_enough(field, old, new):
    """Of faults and memory a few pages more or less are the kernel's."""
    pages = abs(new - old) / (PAGE_KIB if field.endswith("kib") else 1)
    if not field.endswith("instructions") and pages <= KERNELS_PAGES:
        return 0
    return moved(old, new)


def direction(ratios, floor):
    """1: slower at every alignment by more than the noise, -1: faster, 0: neither."""
    logs = [math.log(ratio) for ratio in ratios]
    if min(logs) > floor:
        return 1
    return -1 if max(logs) < -floor else 0


def noise_floor(found):
    """How far old is from itself, as a logarithm: the farthest end of the intervals."""
    ends = [
        math.log(end)
        for alignment in ALIGNMENTS
        for end in slices.ratio_and_interval(
            slices.log_ratios(found, ("again", alignment), ("old", alignment))
        )[1:]
    ]
    return max(map(abs, ends))


class Comparison:
    def __init__(self, options, folder):
        self.options = options
        self.names = names_in(options.only, sequence_names(), "call sequence")
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True)
        self.slower = []
        self.faster = []
        self.binaries = measuring.build(TARGETS)
        self.recorder = Recorder(folder, self.binaries)
        self.rounds = self.binaries / "tools/trace/rounds"

    def _note(self, change, text):
        if change:
            (self.slower if change > 0 else self.faster).append(text)

    def _jobs(self):
        """Those of reproducers.cc, and programs that are named."""
        programs = {job.name: job for job in [self.recorder.server(), *jobs()]}
        for name in self.names:
            yield programs[name] if name in programs else self.recorder.reproducer(name)

    def instructions(self, libraries):
        measurements = Measurements(self.folder / "figures.json")
        rows = [["instructions a call, faults, peak KiB", "old", "new", "change"]]
        for job in self._jobs():
            sequence = (
                Reproducer(job.name, self.binaries / "solutions/01_01/trials/reproducers")
                if job.name in REPRODUCERS
                else Recorded(self.recorder.trace_of(job), self.rounds)
            )
            old, new = (
                measurements.of(sequence, libraries[side, ALIGNMENTS[0]]) for side in ("old", "new")
            )
            for field in FIELDS:
                what = f"{job.name}, {field.replace('_', ' ')}"
                change = moved_enough(field, old[field], new[field])
                figures = [side[field] for side in (old, new)]
                if field.endswith("instructions"):
                    shown = [f"{figure / old['calls']:.1f}" for figure in figures]
                else:
                    shown = [str(figure) for figure in figures]
                rows.append([what, *shown, f"{change:+.1%}" if change else ""])
                self._note(change, f"{what} {change:+.1%}")
        print(markdown_table(rows), flush=True)

    def times(self, libraries):
        libraries = dict(libraries)
        for alignment in ALIGNMENTS:
            libraries["again", alignment] = libraries["old", alignment]
        aligned = (f"aligned to {alignment}" for alignment in ALIGNMENTS)
        rows = [["time, new over old", *aligned, "noise", "verdict"]]
        for job in self._jobs():
            found = slices.slices_of(self.rounds, self.recorder.trace_of(job), libraries)
            ratios = [
                slices.ratio_and_interval(
                    slices.log_ratios(found, ("new", alignment), ("old", alignment))
                )[0]
                for alignment in ALIGNMENTS
            ]
            floor = noise_floor(found)
            change = direction(ratios, floor)
            shown = [f"{ratio:.3f}" for ratio in ratios]
            verdict = {1: "slower", -1: "faster", 0: "within the noise"}[change]
            rows.append([job.name, *shown, f"{math.expm1(floor):.1%}", verdict])
            self._note(change, f"{job.name}, time {' and '.join(shown)}")
            print(f"{job.name} timed", file=sys.stderr, flush=True)
        print(markdown_table(rows), flush=True)

    def compare(self, builds):
        sides = {"old": self.options.old, "new": self.options.new}
        libraries = {}
        for side, revision in sides.items():
            for alignment in ALIGNMENTS:
                print(f"building {revision}, aligned to {alignment}", file=sys.stderr, flush=True)
                flags = [f"-falign-functions={alignment}"]
                libraries[side, alignment] = preload_of(builds, revision, flags)
        self.instructions(libraries)
        if not self.options.no_time:
            self.times(libraries)


class BenchComparison:
    """The reference's rows of one benchmark, by the dumps that --pass=exact makes."""

    def __init__(self, options):
        self.options = options
        self.slower = []
        self.faster = []

    def compare(self, builds):
        match = re.fullmatch(r"//(solutions/\d\d_\d\d):bench", self.options.bench)
        if not match:
            raise Failure(
                f"{self.options.bench} is no benchmark of a reference. Fix: write "
                f"//solutions/01_02:bench, and --filter adaptive_pool/ for rows of one component"
            )
        counts = {}
        for revision in (self.options.old, self.options.new):
            print(f"building {self.options.bench} of {revision}", file=sys.stderr, flush=True)
            program = builds.build(revision, self.options.bench, f"{match.group(1)}/bench")
            # A row that has threads, or hashes addresses, differs from itself.
            counts[revision] = [exact_counts(program, self.options.filter) for _ in range(2)]
        self._show(counts[self.options.old], counts[self.options.new])

    def _show(self, old, new):
        if not old[0] or not new[0]:
            raise Failure(
                f"callgrind counted no row. Fix: correct --filter {self.options.filter}, or, where "
                f"valgrind is newly installed, bazel shutdown"
            )
        rows = [["instructions an operation", "old", "new", "change"]]
        for name in sorted(old[0].keys() | new[0].keys()):
            sides = [[run.get(name) for run in side] for side in (old, new)]
            if None in sides[0] + sides[1]:
                shown = ("" if None in side else f"{side[0]:.2f}" for side in sides)
                rows.append([name, *shown, "only one has it"])
                continue
            change = moved(sides[0][0], sides[1][0])
            if max(sides[0]) >= min(sides[1]) and max(sides[1]) >= min(sides[0]):
                change = 0  # two runs of one differ as much
            shown = (f"{side[0]:.2f}" for side in sides)
            rows.append([name, *shown, f"{change:+.1%}" if change else ""])
            if change:
                (self.slower if change > 0 else self.faster).append(f"{name} {change:+.1%}")
        print(markdown_table(rows), flush=True)


def exact_counts(program, pattern):
    """{row: instructions an operation}: the second dump of a row less its first one."""
    with tempfile.TemporaryDirectory(prefix="workbook-trial-") as folder:
        figures = pathlib.Path(folder) / "figures.json"
        command = [
            "valgrind",
            "--tool=callgrind",
            f"--callgrind-out-file={folder}/callgrind",
            str(program),
            "--pass=exact",
            f"--benchmark_filter={pattern}.*/reference:",
            f"--benchmark_out={figures}",
        ]
        environment = measuring.environment_with(None)
        # Else it starts itself again, and callgrind sees a parent.
        environment["GLIBC_TUNABLES"] = "glibc.rtld.optional_static_tls=65536"
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        # 1: a row failed; it has no figures then.
        if done.returncode not in (0, 1):
            raise Failure(
                f"{' '.join(command)}: exit code {done.returncode}\n{done.stderr[-1000:]}"
            )
        dumps = [dump.read_text() for dump in measuring.dumps_in(folder)]
        return counts_of_rows(dumps, json.loads(figures.read_text()))


def counts_of_rows(dumps, figures):
    totals = collections.defaultdict(list)
    for text in dumps:
        row = re.search(r"^desc: Trigger: Client Request: (.*)$", text, re.M)
        total = re.search(r"^summary: (\d+)", text, re.M)
        if row and total:
            totals[row.group(1)].append(int(total.group(1)))
    operations = {
        entry["name"]: entry["exact_operations"]
        for entry in figures["benchmarks"]
        if entry.get("exact_operations", 0) > 0
    }
    return {
        row: (counts[1] - counts[0]) / operations[row]
        for row, counts in totals.items()
        if len(counts) == 2 and row in operations
    }


def run(options):
    for revision in (options.old, options.new):
        commit_of(revision)
    need_clean_checkout()
    measuring.need_valgrind()
    with tempfile.TemporaryDirectory(prefix="workbook-trial-") as scratch, CommitBuilds() as builds:
        if options.bench:
            comparison = BenchComparison(options)
        else:
            comparison = Comparison(options, pathlib.Path(options.keep or scratch).resolve())
        comparison.compare(builds)
    for change in comparison.slower:
        print(f"slower or more: {change}")
    for change in comparison.faster:
        print(f"faster or less: {change}")
    print(f"{len(comparison.slower)} slower, {len(comparison.faster)} faster")
    return SLOWER if comparison.slower else 0


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("old")
    parser.add_argument("new")
    parser.add_argument("--only", default=",".join(REPRODUCERS))
    parser.add_argument("--keep", metavar="FOLDER")
    parser.add_argument("--no-time", action="store_true")
    parser.add_argument("--bench", metavar="LABEL")
    parser.add_argument("--filter", default="", metavar="REGEX")
    options = parser.parse_args()
    # Ends as an exception does: worktrees go.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        return run(options)
    except (Failure, OSError) as failure:
        print(f"compare_commits: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())

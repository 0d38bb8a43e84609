#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""01_01's allocator against others, on programs that it was not tuned for.

    python3 solutions/01_01/trials/allocators.py [--only sawtooth,python,...]
        [--mallocs ours,tcmalloc,mimalloc,jemalloc,glibc] [--library NAME=FILE]
        [--commit NAME=REVISION] [--keep FOLDER] [--out FOLDER] [--notes FILE]
        [--time] [--list]

Records what programs of this machine ask of malloc (programs.py), and replays it
with each malloc preloaded; the six programs of reproducers.cc run as they are. Four
rounds in a process that has not used its malloc before: the first one is cold, the
last one warm. Counted are

- instructions within malloc's family, by callgrind; the replay's own are not in it,
- page faults of the round,
- the most anonymous memory that is resident, over what the program has before its
  first call on glibc; tables of the malloc count.

No figure is a time but with --time, which shows ratios of slices in turn instead.
Faults of jemalloc and mimalloc, which give memory back by the clock, vary a little.

--library adds a malloc, or takes the place of ours: before=FILE, ours=FILE; --commit
builds it, before=HEAD~3. --keep uses a folder for recordings and figures: what is
there is not made again. --out writes allocators.md, whose tables pages include, and
allocators.tsv; --notes puts the reproducers' figures into NOTES.md. A program that
is not installed is left out and told.
Exit code: 0 measured, whether or not the goals are met; 1 it could not be.
"""

import argparse
import contextlib
import pathlib
import shutil
import signal
import sys
import tempfile

import measuring
import slices
from commit_builds import CommitBuilds, commit_of, preload_of
from course_copy import Failure
from measuring import PRELOAD, REPRODUCERS, TARGETS, Measurements, Recorded, Reproducer
from programs import jobs, sequence_names
from published import publish
from recordings import Recorder, names_in
from tables import OURS, Results, markdown_table

ALL_MALLOCS = (OURS, "tcmalloc", "mimalloc", "jemalloc", "glibc")


def pairs_in(texts, option, example):
    """{NAME: VALUE} of what was given as NAME=VALUE."""
    found = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name.isidentifier():
            raise Failure(f"{option} {text} is not {option} NAME=VALUE. Fix: write {example}")
        found[name] = value
    return found


class Mallocs:
    """The libraries that are compared, by name; None is glibc, of no library."""

    def __init__(self, options, folder):
        self._folder = folder
        self._files = pairs_in(options.library, "--library", "before=/tmp/before.so")
        self._commits = pairs_in(options.commit, "--commit", "before=HEAD~3")
        given = [*self._files, *self._commits]
        self.names = names_in(options.mallocs, [*ALL_MALLOCS, *given], "malloc")
        more = [name for name in given if name not in self.names]
        after = self.names.index(OURS) + 1 if OURS in self.names else 0
        self.names[after:after] = more
        # Whatever is wrong is told before the first build.
        for name, file in self._files.items():
            if not pathlib.Path(file).is_file():
                raise Failure(f"{file} is not there. Fix: build it: bazel build -c opt {PRELOAD}")
            self._files[name] = pathlib.Path(file).resolve()
        for revision in self._commits.values():
            commit_of(revision)
        self._peers = {
            name: measuring.peer_library(name)
            for name in self.names
            if name != OURS and name not in given
        }
        self.builds_ours = OURS in self.names and OURS not in given

    def libraries(self, binaries):
        found = {**self._peers, **self._files, **self._of_commits()}
        if self.builds_ours:
            found[OURS] = binaries / "solutions/01_01/libpreload.so"
        return {name: found[name] for name in self.names}

    def _of_commits(self):
        """What is built stays in the folder, and nothing else."""
        found = {}
        with contextlib.ExitStack() as stack:
            builds = None
            for name, revision in self._commits.items():
                library = self._folder / f"libpreload-{commit_of(revision)[:12]}.so"
                if not library.exists():
                    builds = builds or stack.enter_context(CommitBuilds())
                    print(f"building {revision}", file=sys.stderr, flush=True)
                    shutil.move(preload_of(builds, revision), library)
                found[name] = library
        return found


class Trial:
    def __init__(self, options, folder):
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        mallocs = Mallocs(options, folder)
        binaries = measuring.build(TARGETS + ([PRELOAD] if mallocs.builds_ours else []))
        self.libraries = mallocs.libraries(binaries)
        self.recorder = Recorder(folder, binaries)
        self.rounds = binaries / "tools/trace/rounds"
        self.reproducers = binaries / "solutions/01_01/trials/reproducers"

    def _recorded(self, wanted, only):
        """A gap is told; of what was named, it is a failure."""
        for job in wanted:
            if only and job.name not in only:
                continue
            try:
                trace = self.recorder.trace_of(job)
            except Failure as failure:
                if only:
                    raise
                print(f"left out: {failure}", file=sys.stderr, flush=True)
            else:
                yield Recorded(trace, self.rounds)

    def _programs(self, only):
        return self._recorded([self.recorder.server(), *jobs()], only)

    def sequences(self, only):
        for name in REPRODUCERS:
            if not only or name in only:
                yield Reproducer(name, self.reproducers)
        yield from self._programs(only)

    def count(self, only):
        measurements = Measurements(self.folder / "figures.json")
        figures, sequences = {}, list(self.sequences(only))
        if not sequences:
            raise Failure("no sequence is left. Fix: name others by --only")
        for sequence in sequences:
            for name, library in self.libraries.items():
                print(f"{sequence.name} on {name}", file=sys.stderr, flush=True)
                figures[sequence.name, name] = measurements.of(sequence, library)
        return Results([(one.name, one.kind) for one in sequences], list(self.libraries), figures)

    def time(self, only):
        """Ratios of our time to each other malloc's, of slices in turn."""
        if OURS not in self.libraries or len(self.libraries) < 2:
            raise Failure("--time compares ours with others. Fix: name both by --mallocs")
        others = [name for name in self.libraries if name != OURS]
        rows = [["ours over it, time (95 %)", *others]]
        reproducers = [self.recorder.reproducer(name) for name in REPRODUCERS]
        for sequence in [*self._recorded(reproducers, only), *self._programs(only)]:
            found = slices.slices_of(self.rounds, sequence.trace, self.libraries)
            row = [sequence.name]
            for other in others:
                ratio = slices.ratio_and_interval(slices.log_ratios(found, OURS, other))
                row.append("{:.2f} ({:.2f} to {:.2f})".format(*ratio))
            rows.append(row)
            print(f"{sequence.name} timed", file=sys.stderr, flush=True)
        return markdown_table(rows)


PREFACE = """`python3 solutions/01_01/trials/allocators.py --out FOLDER` writes this file. The first
round of a replay is cold, the last of four warm. Instructions are those of malloc's family alone,
by callgrind. A ratio of faults has one fault added on both sides for each thousand calls. Peak RSS
is what is resident and anonymous, over what the program has on glibc before its first call."""


def run(options, folder):
    known = sequence_names()
    if options.list:
        print("\n".join(known))
        return 0
    only = names_in(options.only, known, "call sequence") if options.only is not None else []
    if options.time:
        print(Trial(options, folder).time(only))
        return 0
    measuring.need_valgrind()
    results = Trial(options, folder).count(only)
    markdown = results.markdown(PREFACE)
    print(markdown)
    if options.out:
        out = pathlib.Path(options.out)
        out.mkdir(parents=True, exist_ok=True)
        (out / "allocators.md").write_text(markdown)
        (out / "allocators.tsv").write_text(results.tsv())
    if options.notes:
        publish("allocators.py", results.reproducers().rstrip(), pathlib.Path(options.notes))
    return 0


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only")
    parser.add_argument("--mallocs", default=",".join(ALL_MALLOCS))
    parser.add_argument("--library", action="append", default=[], metavar="NAME=FILE")
    parser.add_argument("--commit", action="append", default=[], metavar="NAME=REVISION")
    parser.add_argument("--keep", metavar="FOLDER")
    parser.add_argument("--out", metavar="FOLDER")
    parser.add_argument("--notes", metavar="FILE")
    parser.add_argument("--time", action="store_true")
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    # Ends as an exception does: what is temporary goes.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        if options.keep:
            return run(options, pathlib.Path(options.keep).resolve())
        with tempfile.TemporaryDirectory(prefix="workbook-trial-") as folder:
            return run(options, pathlib.Path(folder))
    except (Failure, OSError) as failure:
        print(f"allocators: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a submission costs, and the grader holds, as a class grows.

    python3 tools/grade/trials/growth_curve.py --out FOLDER [--publish]
        [--exercise 03_01] [--sizes 10,30,100,300,1000] [--jobs 1] [--bare 10]

Grades one class of the largest size and looks at the grader each time that another size
is reached: seconds and processor seconds for each submission since the size before, and
the peak of its memory so far, as the kernel counts them. Processor seconds are those of
the grader and of all that it started, so other work on the machine changes them little.
The class has the reference, with a comment of his own in each .cc file of a student.
Killed and started again with the same FOLDER, it goes on; --sizes with less ends early.
--bare times grading so many of them against g++, the tests and callgrind alone.
--publish writes what is there into docs/grading_at_scale.md.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import textwrap
import time

import mutant_class

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.append(str(ROOT / "tools" / "workbook" / "trials"))

import published  # noqa: E402

TICKS = os.sysconf("SC_CLK_TCK")


def command(options, inbox, out, *more):
    return ["./workbook", "grade", "--exercise", options.exercise, "--submissions", str(inbox),
            "--out", str(out), "--jobs", str(options.jobs), *more]


def processor_seconds(process):
    """Of it and of the processes that have ended below it."""
    fields = pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(int(field) for field in fields[11:15]) / TICKS


def peak_kib(process):
    status = pathlib.Path(f"/proc/{process}/status").read_text()
    return int(re.search(r"VmHWM:\s*(\d+) kB", status)[1])


def count_results(out):
    """Lines but those of events, of which a ledger has one."""
    ledger = out / "events.jsonl"
    if not ledger.exists():
        return 0
    return sum(1 for line in ledger.open("rb") if not line.startswith(b'{"event"'))


class Watch:
    """One grader, from its first new result on."""

    def __init__(self, process, done):
        self.process = process
        self.last = self._now(done)

    def _now(self, done):
        return done, time.monotonic(), processor_seconds(self.process)

    def row(self, done, resumed):
        before, self.last = self.last, self._now(done)
        count = done - before[0]
        return {"submissions": done, "since": before[0], "resumed": resumed,
                "seconds_each": round((self.last[1] - before[1]) / count, 2),
                "processor_each": round((self.last[2] - before[2]) / count, 2),
                "peak_kib": peak_kib(self.process)}


def grade(options, inbox, out, rows, keep):
    sizes = [size for size in options.sizes if size > count_results(out)]
    if not sizes:
        return
    begun = count_results(out)
    with open(f"{out}.log", "ab") as log:
        process = subprocess.Popen(command(options, inbox, out), cwd=ROOT,
                                   stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    watch = None
    try:
        while sizes and process.poll() is None:
            time.sleep(0.1)
            done = count_results(out)
            if watch is None and done > begun:
                watch = Watch(process.pid, done)
            elif watch is not None and done >= sizes[0]:
                rows.append(watch.row(done, begun > 0))
                print(json.dumps(rows[-1]), flush=True)
                keep()
                sizes.pop(0)
        if not sizes and process.poll() is None and done < options.class_size:
            return
        process.wait()
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    if process.returncode != 0:
        raise SystemExit(f"growth_curve: the grader failed; see {out}.log")


def against_bare(options, inbox, out):
    some = options.out / "some"
    shutil.rmtree(some, ignore_errors=True)
    some.mkdir()
    for folder in sorted(inbox.iterdir())[:options.bare]:
        shutil.copytree(folder, some / folder.name)
    run = subprocess.run(command(options, some, out, "--against-bare"), cwd=ROOT,
                         capture_output=True, text=True, check=False)
    found = re.search(r"^\d+ submissions: graded in .*$", run.stdout, re.M)
    if run.returncode or not found:
        raise SystemExit(f"growth_curve: --against-bare failed: {run.stderr[-1000:]}")
    print(found[0], flush=True)
    return found[0]


def publish(options, kept):
    rows = [[row["submissions"], f"{row['since'] + 1} to {row['submissions']}",
             f"{row['seconds_each']:.2f}", f"{row['processor_each']:.2f}",
             f"{row['peak_kib'] / 1024:.1f}"] for row in kept["rows"]]
    text = (f"{options.exercise}, {options.jobs} at a time.\n\n" + published.table(
        ["submissions so far", "which", "seconds each", "processor seconds each",
         "the grader's peak so far, MiB"], rows))
    if kept.get("bare"):
        text += "\n\n" + textwrap.fill(f"Against the bare tools: {kept['bare']}.", 118)
    published.publish("growth_curve.py", text)


def read_options():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--exercise", default="03_01")
    parser.add_argument("--sizes", default="10,30,100,300,1000",
                        type=lambda text: sorted(int(size) for size in text.split(",")))
    parser.add_argument("--class-size", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--bare", type=int, default=10, help="submissions; 0: none")
    parser.add_argument("--publish", action="store_true")
    options = parser.parse_args()
    options.out = options.out.resolve()
    options.out.mkdir(parents=True, exist_ok=True)
    return options


def main():
    options = read_options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    inbox, out = options.out / "inbox", options.out / "marks"
    if not inbox.exists():
        fresh = options.out / "inbox.new"
        shutil.rmtree(fresh, ignore_errors=True)
        mutant_class.make_correct(mutant_class.Course(options.exercise), fresh,
                                  options.class_size, ".cc")
        fresh.rename(inbox)
    file = options.out / "curve.json"
    kept = json.loads(file.read_text()) if file.exists() else {"rows": [], "bare": ""}

    def keep():
        file.write_text(json.dumps(kept, indent=1) + "\n")

    if options.bare and not kept["bare"]:
        kept["bare"] = against_bare(options, inbox, options.out / "bare")
        keep()
    grade(options, inbox, out, kept["rows"], keep)
    if options.publish:
        publish(options, kept)
    return 0


if __name__ == "__main__":
    sys.exit(main())

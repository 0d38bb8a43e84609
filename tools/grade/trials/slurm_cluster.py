#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Grades a class on a Slurm of two nodes, all on this machine, and harms it meanwhile.

    sudo python3 tools/grade/trials/slurm_cluster.py --out FOLDER [--publish]
        [--exercises 01_03,03_01,03_04] [--submissions 200] [--kills 6] [--seed 1]

Starts munge, slurmctld and two slurmd with a configuration of their own below FOLDER
(Debian: apt-get install slurm-wlm munge). A class of mutant_class.py is
graded on one machine first, then by `grade --slurm`, while at random moments a slurmd
or the controller is killed and started again, tasks are requeued, jobs are run a second
time beside the array, results are taken away, and the grader itself is killed and
started again. In the end both gradebooks must be the same, byte for byte. Ends only
what it started. Exit code 0 when they are. Started again with the same FOLDER, it
skips the exercises that have a row in FOLDER/rows.json. --publish writes the rows into
docs/grading_at_scale.md.
"""

import argparse
import collections
import hashlib
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import time

import mutant_class
import published
import slurm_daemons

ROOT = pathlib.Path(__file__).resolve().parents[3]
NODES = ("controller", "n1", "n2")
TOLD = {"controller": "controller killed", "n1": "node killed", "n2": "node killed",
        "requeue": "task requeued", "twice": "job run twice", "lost": "result lost",
        "grader": "grader killed"}


def grade(exercise, inbox, out, more, environment):
    with open(f"{out}.log", "ab") as log:
        return subprocess.Popen(
            ["./workbook", "grade", "--exercise", exercise, "--submissions", str(inbox),
             "--out", str(out), *more], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
            stdout=log, stderr=subprocess.STDOUT)


def gradebook(out):
    """Hashes of all that students and instructors get."""
    names = ["result.json", "junit.xml", "class.html"]
    names += sorted(str(path.relative_to(out)) for kind in ("gradescope", "feedback")
                    for path in (out / kind).glob("*"))
    return {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in names}


def harm(cluster, jobs, chance):
    """One misfortune, and its name; "" where there was nothing to harm."""
    kind = chance.choice(["controller", "n1", "n2", "requeue", "twice", "lost"])
    if kind in NODES:
        cluster.kill(kind)
        time.sleep(chance.uniform(1, 25))
        cluster.start(kind)
    elif kind == "requeue":
        running = cluster.ask("squeue", "-h", "-r", "-t", "R", "-o", "%i").split()
        if not running:
            return ""
        cluster.ask("scontrol", "requeue", chance.choice(running))
    elif kind == "twice":
        files = sorted((jobs / "jobs").glob("*.json"))
        if not files:
            return ""
        subprocess.run([jobs / "grader", "run-job", str(chance.choice(files))], cwd=ROOT,
                       capture_output=True, timeout=600, check=False)
    else:
        results = sorted((jobs / "results").glob("*.json"))
        if not results:
            return ""
        chance.choice(results).unlink(missing_ok=True)
    return kind


def grade_harmed(cluster, exercise, inbox, out, options, chance):
    """Until it ends by itself; returns what was done to it."""
    more = ["--slurm", "--partition", "teaching", "--nodes", "2"]
    done = []
    process = grade(exercise, inbox, out, more, cluster.environment)
    while process.poll() is None:
        try:
            process.wait(chance.uniform(5, options.pause) if len(done) < options.kills else None)
            break
        except subprocess.TimeoutExpired:
            pass
        if chance.random() < 0.2:
            process.kill()
            process.wait()
            kind = "grader"
            process = grade(exercise, inbox, out, more, cluster.environment)
        else:
            kind = harm(cluster, out / "slurm", chance)
        if kind:
            done.append(kind)
            print(f"  {time.strftime('%T')} {exercise}: {TOLD[kind]}", flush=True)
    if process.returncode != 0:
        raise SystemExit(f"slurm_cluster: the grader failed; see {out}.log")
    return done


def compare(one, other):
    """The names of files that differ or that one of them lacks."""
    first, second = gradebook(one), gradebook(other)
    return len(first), sorted(name for name in first.keys() | second.keys()
                              if first.get(name) != second.get(name))


def try_exercise(exercise, count, cluster, options, chance):
    inbox = options.out / f"{exercise}.inbox"
    shutil.rmtree(inbox, ignore_errors=True)
    mutant_class.make_wrong(mutant_class.Course(exercise), inbox, count)
    alone, shared = options.out / f"{exercise}.alone", options.out / f"{exercise}.slurm"
    for out in (alone, shared):
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        # Both classes are asked the same histories.
        (out / "events.jsonl").write_text(json.dumps({"event": "seed", "seed": 20261201}) + "\n")
    started = time.monotonic()
    if grade(exercise, inbox, alone, ["--jobs", "2"], dict(os.environ)).wait() != 0:
        raise SystemExit(f"slurm_cluster: the grader failed; see {alone}.log")
    seconds = time.monotonic() - started
    print(f"  {time.strftime('%T')} {exercise}: alone {seconds:.0f} s", flush=True)
    started = time.monotonic()
    done = grade_harmed(cluster, exercise, inbox, shared, options, chance)
    files, differ = compare(alone, shared)
    for name in differ[:10]:
        print(f"  differs: {name}")
    return {"exercise": exercise, "submissions": count, "alone_seconds": round(seconds),
            "slurm_seconds": round(time.monotonic() - started), "misfortunes": done,
            "files": files, "differ": differ}


def told(misfortunes):
    counted = collections.Counter(TOLD[kind] for kind in misfortunes)
    return ", ".join(f"{count} {what}" for what, count in sorted(counted.items()))


def publish(rows):
    published.publish("slurm_cluster.py", published.table(
        ["exercise", "submissions", "one machine, s", "Slurm, s", "what was done to it",
         "files compared", "that differ"],
        [[row["exercise"], row["submissions"], row["alone_seconds"], row["slurm_seconds"],
          told(row["misfortunes"]), row["files"], len(row["differ"])] for row in rows]))


def read_options():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--exercises", default="01_03,03_01,03_04")
    parser.add_argument("--submissions", type=int, default=200, help="of all exercises")
    parser.add_argument("--kills", type=int, default=6, help="misfortunes an exercise")
    parser.add_argument("--pause", type=float, default=60, help="longest pause, seconds")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--publish", action="store_true")
    options = parser.parse_args()
    for program in slurm_daemons.PROGRAMS + ("patch",):
        if not shutil.which(program):
            parser.error(f"no {program}: apt-get install slurm-wlm munge patch")
    if os.geteuid() != 0:
        parser.error("slurmd needs root: start it with sudo")
    options.out = options.out.resolve()
    options.out.mkdir(parents=True, exist_ok=True)
    return options


def main():
    options = read_options()
    chance = random.Random(options.seed)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    kept = options.out / "rows.json"
    rows = json.loads(kept.read_text()) if kept.exists() else []
    exercises = options.exercises.split(",")
    cluster = None
    left = []
    try:
        for at, exercise in enumerate(exercises):
            count = options.submissions * (at + 1) // len(exercises) - \
                options.submissions * at // len(exercises)
            if any(row["exercise"] == exercise for row in rows):
                continue
            cluster = cluster or slurm_daemons.Cluster(options.out / "cluster")
            rows.append(try_exercise(exercise, count, cluster, options, chance))
            kept.write_text(json.dumps(rows, indent=1) + "\n")
            print(json.dumps(rows[-1]), flush=True)
    finally:
        if cluster:
            left = cluster.close()
    for words in left:
        print(f"left behind, and ended: {words}")
    if options.publish:
        publish(rows)
    return 1 if any(row["differ"] for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())

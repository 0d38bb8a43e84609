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
started again. In the end both gradebooks must be the same, byte for byte. A submission
that reads freed memory may tell other words each time; where a student's result differs,
one machine grades him again. It is unsteady if he then differs from himself, and only
marks and states are compared. Ends only what it started. Exit code 0 when all is the
same. Killed and started again with the same
FOLDER, it keeps what is graded, and skips the exercises that have a row in
FOLDER/rows.json; the misfortunes of the run that was killed are not told. --publish
writes the rows into docs/grading_at_scale.md.
"""

import argparse
import collections
import hashlib
import json
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import time

import mutant_class
import slurm_daemons

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.append(str(ROOT / "tools" / "workbook" / "trials"))

import published  # noqa: E402

TRIES = 3  # of showing that a student differs from himself
NODES = ("controller", "n1", "n2")
TOLD = {"controller": "controller killed", "n1": "node killed", "n2": "node killed",
        "requeue": "task requeued", "twice": "job run twice", "lost": "result lost",
        "grader": "grader killed"}


graders = []


def grade(exercise, inbox, out, more, environment):
    with open(f"{out}.log", "ab") as log:
        graders.append(subprocess.Popen(
            ["./workbook", "grade", "--exercise", exercise, "--submissions", str(inbox),
             "--out", str(out), *more], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
            stdout=log, stderr=subprocess.STDOUT))
    return graders[-1]


def end_graders():
    for process in graders:
        if process.poll() is None:
            process.kill()
            process.wait()


def results(out):
    """Student to what result.json says of him."""
    return {result["student"]: result
            for result in json.loads((out / "result.json").read_text())["results"]}


def verdicts(result):
    """What a mark is made of."""
    return (result["points"], result["state"], result["flags"],
            [(task["state"], task["points"], [(test["name"], test["state"])
                                              for test in task["tests"]])
             for task in result["tasks"]])


def gradebook(out, without):
    """Name to hash of all that students and instructors get, but for some students."""
    parts = {"class.html": (out / "class.html").read_text()}
    for student, result in results(out).items():
        parts[f"result.json of {student}"] = json.dumps(result)
    suites = re.split(r"(?=<testsuite )", (out / "junit.xml").read_text())
    for suite in suites:
        name = re.match(r'<testsuite name="([^"]*)"', suite)
        parts[f"junit.xml of {name[1] if name else ''}"] = suite
    for kind in ("gradescope", "feedback"):
        for path in (out / kind).glob("*"):
            student = path.stem.partition("_")[2]
            parts[f"{kind} of {student}"] = path.read_text()
    kept = {name: text for name, text in parts.items() if name.rpartition(" ")[2] not in without}
    return {name: hashlib.sha256(text.encode()).hexdigest() for name, text in kept.items()}


def unsteady(exercise, out, students, inbox, alone):
    """Those who differ from themselves when one machine grades them again."""
    some, again = out / f"{exercise}.some", out / f"{exercise}.again"
    shutil.rmtree(some, ignore_errors=True)
    some.mkdir()
    for path in inbox.iterdir():
        if path.stem in students:
            (shutil.copytree if path.is_dir() else shutil.copy)(path, some / path.name)
    before, found = results(alone), set()
    for _ in range(TRIES):
        if found == students:
            break
        start_ledger(again)
        if grade(exercise, some, again, ["--jobs", "2"], dict(os.environ)).wait() != 0:
            raise SystemExit(f"slurm_cluster: the grader failed; see {again}.log")
        now = results(again)
        found |= {student for student in students if now[student] != before[student]}
    return found


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


def node_folder(jobs):
    """What the nodes keep in /tmp for these jobs, or None while there is no job."""
    for file in (jobs / "jobs").glob("*.json"):
        try:
            fingerprint = json.loads(file.read_text())["plan_fingerprint"]
        except (OSError, ValueError):
            continue
        return pathlib.Path(f"/tmp/workbook_jobs_{os.geteuid()}_{fingerprint[:16]}")
    return None


def grade_harmed(cluster, exercise, inbox, out, options, chance):
    """Until it ends by itself; returns what was done to it."""
    more = ["--slurm", "--partition", "teaching", "--nodes", "2"]
    done = []
    kept = None
    process = grade(exercise, inbox, out, more, cluster.environment)
    while process.poll() is None:
        kept = kept or node_folder(out / "slurm")
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
    if kept:
        shutil.rmtree(kept, ignore_errors=True)
    return done


def start_ledger(out):
    """Every class of this trial is asked the same histories."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    (out / "events.jsonl").write_text(json.dumps({"event": "seed", "seed": 20261201}) + "\n")


def compare(exercise, out, inbox, alone, shared):
    """What of both gradebooks is compared, what differs, and who is unsteady."""
    one, other = results(alone), results(shared)
    suspects = {student for student in one if one[student] != other.get(student)}
    odd = unsteady(exercise, out, suspects, inbox, alone) if suspects else set()
    first, second = gradebook(alone, odd), gradebook(shared, odd)
    differ = [name for name in first.keys() | second.keys()
              if first.get(name) != second.get(name)]
    differ += [f"marks of {student}" for student in odd
               if verdicts(one[student]) != verdicts(other[student])]
    return len(first) + len(odd), sorted(differ), sorted(odd)


def try_exercise(exercise, count, cluster, options, chance):
    inbox = options.out / f"{exercise}.inbox"
    shutil.rmtree(inbox, ignore_errors=True)
    mutant_class.make_wrong(mutant_class.Course(exercise), inbox, count)
    alone, shared = options.out / f"{exercise}.alone", options.out / f"{exercise}.slurm"
    for out in (alone, shared):
        if not (out / "events.jsonl").exists():
            start_ledger(out)
    is_resumed = (alone / "events.jsonl").read_text().count("\n") > 1
    started = time.monotonic()
    if grade(exercise, inbox, alone, ["--jobs", "2"], dict(os.environ)).wait() != 0:
        raise SystemExit(f"slurm_cluster: the grader failed; see {alone}.log")
    seconds = time.monotonic() - started
    print(f"  {time.strftime('%T')} {exercise}: alone {seconds:.0f} s", flush=True)
    started = time.monotonic()
    done = grade_harmed(cluster, exercise, inbox, shared, options, chance)
    slurm_seconds = time.monotonic() - started
    parts, differ, odd = compare(exercise, options.out, inbox, alone, shared)
    for name in differ[:10]:
        print(f"  differs: {name}")
    return {"exercise": exercise, "submissions": count, "alone_seconds": None if is_resumed else round(seconds),
            "slurm_seconds": round(slurm_seconds), "misfortunes": done,
            "parts": parts, "differ": differ, "unsteady": odd}


def told(misfortunes):
    counted = collections.Counter(TOLD[kind] for kind in misfortunes)
    return ", ".join(f"{count} {what}" for what, count in sorted(counted.items()))


def publish(rows):
    published.publish("slurm_cluster.py", published.table(
        ["exercise", "submissions", "one machine, s", "Slurm, s", "what was done to it",
         "parts compared", "that differ", "unsteady students"],
        [[row["exercise"], row["submissions"], row["alone_seconds"] or "resumed", row["slurm_seconds"],
          told(row["misfortunes"]), row["parts"], len(row["differ"]),
          len(row["unsteady"])] for row in rows]))


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
        end_graders()
        if cluster:
            left = cluster.close()
    for words in left:
        print(f"left behind, and ended: {words}")
    if options.publish:
        publish(rows)
    return 1 if any(row["differ"] for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())

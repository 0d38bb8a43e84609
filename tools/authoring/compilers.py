#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What each installed compiler makes of the course; started by verify --compilers.

    python3 tools/authoring/compilers.py [NN_MM ...] [--only g++-12,clang++-19]

For each compiler: are the stubs red and the references green, and are the goals of
the exercises met, as they are with the compiler of the published tables? A goal that
the reference misses, or that the stub reaches, is a lesson that this compiler has
optimised away, and is named. Prints a Markdown table. Exit code 0 when every compiler
builds everything, stubs are red and references green; 1 otherwise; 4 without any
compiler or Bazel. An hour a compiler for the whole course on two cores.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass, field

ROOT = pathlib.Path(__file__).resolve().parents[2]
BAZEL = os.environ.get("WORKBOOK_BAZEL", "bazel")
VERSIONS = range(11, 31)
RESULT = re.compile(r"^(//\S+)\s+(?:\(cached\)\s+)?(PASSED|FAILED TO BUILD|FAILED|"
                    r"FLAKY|TIMEOUT|NO STATUS)", re.MULTILINE)
# Of a case that is within this of its goal, nothing is said: seven runs of one
# program differ by as much.
NOISE = 1.1


@dataclass
class Row:
    compiler: str
    version: str
    stubs: list = field(default_factory=lambda: [0, 0])       # red, all
    references: list = field(default_factory=lambda: [0, 0])  # green, all
    goals: list = field(default_factory=lambda: [0, 0])       # met, all
    faults: list = field(default_factory=list)
    lessons: list = field(default_factory=list)

    def text(self):
        cells = [f"{self.compiler} {self.version}"]
        cells += [f"{have} of {total}" for have, total in
                  (self.stubs, self.references, self.goals)]
        cells.append("; ".join(self.faults + self.lessons) or "none")
        return "| " + " | ".join(cells) + " |"


def installed():
    """The compilers of this machine, C++ driver by driver."""
    names = [f"{kind}-{version}" for kind in ("g++", "clang++") for version in VERSIONS]
    found = [name for name in names if shutil.which(name)]
    # Fedora and Arch have one of each, without a number.
    for kind in ("g++", "clang++"):
        if shutil.which(kind) and not any(name.startswith(kind) for name in found):
            found.append(kind)
    return found


def options_of(compiler):
    """What makes Bazel use it, with objects of its own."""
    c_driver = compiler.replace("clang++", "clang").replace("g++", "gcc")
    options = ["--config=strict"]
    if compiler.startswith("clang"):
        options.append("--config=clang")
    for kind in ("action_env", "repo_env"):
        options += [f"--{kind}=CC={c_driver}", f"--{kind}=CXX={compiler}"]
    return options + [f"--platform_suffix=-{c_driver}"]


def bazel(*words):
    return subprocess.run([BAZEL, *words], cwd=ROOT, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors="replace", check=False)


def try_tests(row, options, exercises):
    packages = [f"//solutions/{name}/..." for name in exercises]
    for tag, count in (("stub", row.stubs), ("reference", row.references)):
        run = bazel("test", "-k", *options, f"--test_tag_filters={tag}",
                    "--build_tests_only", "--test_output=summary", *packages)
        results = RESULT.findall(run.stdout)
        if not results:
            words = re.findall(r"^ERROR.*", run.stdout, re.MULTILINE) or ["no word"]
            row.faults.append(f"no {tag} was run: {words[0][:120]}".replace("|", "/"))
        count[0] += sum(state == "PASSED" for _, state in results)
        count[1] += len(results)
        row.faults += [f"{label} {state.lower()}" for label, state in results
                       if state != "PASSED"]


def goals_of(name):
    """Case to goal, out of the manifest."""
    manifest = tomllib.loads((ROOT / "exercises" / name / "exercise.toml").read_text())
    return {target["case"]: target["at_least"] for target in manifest.get("targets", [])
            if "at_least" in target}


def times_of(program, case):
    """The least time of a case's baseline and of its subject; None where not written."""
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        subprocess.run([program, "--pass=times", f"--benchmark_filter=^{case}/(baseline|yours|reference|subject)",
                        "--benchmark_repetitions=7", f"--benchmark_out={out.name}"],
                       cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                       stdin=subprocess.DEVNULL, timeout=300, check=False)
        text = pathlib.Path(out.name).read_text()
    times = {}
    for entry in json.loads(text or "{}").get("benchmarks", []):
        if entry.get("run_type") == "aggregate" or "cpu_time" not in entry:
            continue
        role = "baseline" if "/baseline:" in entry["name"] else "subject"
        times[role] = min(times.get(role, float("inf")), entry["cpu_time"])
    return times.get("baseline"), times.get("subject")


def try_goals(row, options, name):
    goals = goals_of(name)
    if not goals:
        return
    for side in ("solutions", "exercises"):
        label = f"//{side}/{name}:bench"
        run = bazel("build", "-c", "opt", *options, label)
        folder = bazel("info", "-c", "opt", *options, "bazel-bin").stdout.split("\n")[-2]
        if run.returncode != 0:
            row.faults.append(f"{label} does not build")
            continue
        for case, goal in goals.items():
            baseline, subject = times_of(f"{folder}/{side}/{name}/bench", case)
            ratio = baseline / subject if baseline and subject else 0.0
            judge(row, side, case, goal, ratio)


def judge(row, side, case, goal, ratio):
    if side == "solutions":
        row.goals[0] += ratio >= goal
        row.goals[1] += 1
        if ratio * NOISE < goal:
            row.lessons.append(f"reference misses {case}: {ratio:.2g} of {goal:.2g}")
    elif ratio > goal * NOISE:
        row.lessons.append(f"stub reaches {case}: {ratio:.2g} of {goal:.2g}")


def version_of(compiler):
    run = subprocess.run([compiler, "-dumpfullversion", "-dumpversion"], text=True,
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    return run.stdout.strip() or "?"


def read_options():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("exercises", nargs="*", metavar="NN_MM")
    parser.add_argument("--only", help="these compilers, separated by commas")
    parser.add_argument("--no-goals", action="store_true", help="tests alone")
    options = parser.parse_args()
    known = sorted(path.parent.name for path in (ROOT / "exercises").glob("*/exercise.toml"))
    for name in options.exercises:
        if name not in known:
            parser.error(f"no such exercise: {name}; known are {', '.join(known)}")
    options.exercises = options.exercises or known
    options.compilers = options.only.split(",") if options.only else installed()
    for name in options.compilers:
        if not shutil.which(name):
            sys.exit(f"compilers: {name} is not installed\n  next:  apt-get install {name.replace('clang++', 'clang')}")
    if not options.compilers:
        sys.exit("compilers: neither g++ nor clang++ is installed\n  next:  ./workbook setup")
    if not shutil.which(BAZEL):
        sys.exit(f"compilers: no {BAZEL}\n  next:  ./workbook setup")
    return options


def main():
    options = read_options()
    print("| compiler | stubs red | references green | goals met | what differs |")
    print("|---|---|---|---|---|", flush=True)
    sound = True
    for compiler in options.compilers:
        row = Row(compiler, version_of(compiler))
        flags = options_of(compiler)
        try_tests(row, flags, options.exercises)
        for name in [] if options.no_goals else options.exercises:
            try_goals(row, flags, name)
        print(row.text(), flush=True)
        sound = sound and not row.faults
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A class of 03_01 as students really hand in, and what each of them is told.

    python3 tools/grade/trials/honest_class.py --out FOLDER [--jobs 2]

Makes some thirty submissions: right, half done, and wrong in the ways that classes are.
Grades them with a late policy and a Canvas roster, at --level all and core, and fails
where exports disagree, where a state or a flag is not what the code deserves, or where
a page does not say what its student has to change. Prints for each submission its mark
and the first sentence of its page; --pages prints whole pages. Killed and started again
with the same --out, it goes on. Exit code 1 when something is wrong.
"""

import argparse
import csv
import html
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree

from honest_students import EXERCISE, ROOT, half, hand_in, zipped

ASSIGNMENT = "Vectors (7)"
# Of a class that hands in before noon but for one student.
DUE = "2026-11-20T12:00:00Z"
IN_TIME = "2026-11-20T09:00:00Z"
LATE = "2026-11-22T09:00:00Z"
LATE_SHARE = 0.8


def write_lists(out, names):
    (out / "grade.toml").write_text(f"[late]\ndue = {DUE}\npercent_a_day = 10\n")
    (out / "times.csv").write_text("student,handed_in\n" + "".join(
        f"{name},{LATE if name == 'xena_late' else IN_TIME}\n" for name in names))
    rows = [f"Student,ID,SIS User ID,SIS Login ID,Section,{ASSIGNMENT}", "    Points Possible,,,,,100"]
    rows += [f'"{name}",{number},,{name},L01,' for number, name in enumerate(names, 1)]
    (out / "canvas_in.csv").write_text("\n".join(rows) + "\n")


def grade(out, level, jobs):
    marks = out / level
    marks.mkdir(exist_ok=True)
    return subprocess.run(
        ["./workbook", "grade", "--exercise", EXERCISE, "--submissions", str(out / "inbox"),
         "--out", str(marks), "--config", str(out / "grade.toml"),
         "--times", str(out / "times.csv"), "--roster", str(out / "canvas_in.csv"),
         "--assignment", ASSIGNMENT, "--level", level, "--jobs", str(jobs)],
        cwd=ROOT, capture_output=True, text=True, check=False)


def grade_or_stop(out, level, jobs):
    run = grade(out, level, jobs)
    if run.returncode != 0:
        raise SystemExit(f"honest_class: the grader failed\n{run.stdout[-1500:]}{run.stderr[-1500:]}")
    return run.stdout


def problems_of_two_by_one(out, jobs):
    """Two submissions of one student stop the command, which names both."""
    second = out / "inbox" / "vera.zip"
    second.write_bytes(zipped(half(2)))
    run = grade(out, "all", jobs)
    second.unlink()
    if run.returncode == 0 or "vera and vera.zip" not in run.stderr:
        return [f"vera: two submissions were accepted: {run.stderr[-300:]}"]
    return []


def by_student(folder, ending):
    return {re.sub(r"^\d+_", "", path.stem): path for path in folder.glob("*" + ending)}


def marks_of_exports(marks, printed):
    """Student to the mark that each export has."""
    found = {name: {"result.json": round(result["points"], 2)}
             for name, result in results_of(marks).items()}
    for name, path in by_student(marks / "gradescope", ".json").items():
        found[name]["gradescope"] = round(json.loads(path.read_text())["score"], 2)
    for name, path in by_student(marks / "feedback", ".html").items():
        found[name]["page"] = float(first_sentences(path).split(" of ")[0])
    with open(marks / "canvas.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["SIS Login ID"]:
                found[row["SIS Login ID"]]["canvas"] = float(row[ASSIGNMENT])
    for line in printed.splitlines():
        row = re.match(r"(\S+)\s+(?:graded|unreadable)\s+([\d.]+) / ", line)
        if row:
            found[row[1]]["printed"] = float(row[2])
    return found


def results_of(marks):
    book = json.loads((marks / "result.json").read_text())["results"]
    return {result["student"]: result for result in book}


def problems_of_gradescope(marks, results):
    """The sum of its tests, less what being late costs, is its score; extra tasks have none."""
    problems = []
    for name, path in by_student(marks / "gradescope", ".json").items():
        report = json.loads(path.read_text())
        share = 1 - results[name]["late_percent"] / 100
        total = sum(test["score"] for test in report["tests"]) * share
        most = sum(test["max_score"] for test in report["tests"])
        if abs(total - report["score"]) > 0.011:
            problems.append(f"{name}: Gradescope's tests have {total}, its score is {report['score']}")
        if report["tests"] and most != results[name]["max_points"]:
            problems.append(f"{name}: Gradescope's maximum is {most}")
    return problems


def problems_of_junit(marks, results):
    """A suite fails as many tests as the result, and none where all have full marks."""
    problems = []
    suites = {suite.get("name"): suite for suite in
              xml.etree.ElementTree.parse(marks / "junit.xml").iter("testsuite")}
    for name, result in results.items():
        tests = [test for task in result["tasks"] for test in task["tests"]]
        failed = sum(test["state"] not in ("passed", "skipped") for test in tests)
        errors = sum(task["state"] != "graded" for task in result["tasks"]) or int(not tests)
        told = (int(suites[name].get("failures")), int(suites[name].get("errors")))
        if told != (failed, errors):
            problems.append(f"{name}: JUnit has {told} failures and errors, not {(failed, errors)}")
    return problems


def problems_of_levels(every, core):
    """Deep tasks are extra at --level core: judged alike, and worth nothing."""
    problems = []
    for name, result in every.items():
        other = core[name]
        share = 1 - other["late_percent"] / 100
        points = round(sum(task["points"] for task in other["tasks"]) * share, 2)
        if abs(points - other["points"]) > 0.011:
            problems.append(f"{name}: the tasks of --level core have {points} points, not {other['points']}")
        for one, two in zip(result["tasks"], other["tasks"], strict=True):
            if two["max_points"] not in (0, one["max_points"]) or \
                    (two["max_points"] and two["points"] != one["points"]):
                problems.append(f"{name}: task {one['number']} is worth something else at --level core")
            if one["tests"] != two["tests"]:
                problems.append(f"{name}: task {one['number']} is judged otherwise at --level core")
    return problems


def words_of(page):
    text = re.sub(r"(?s)<(style|head).*?</\1>", "", page)
    text = re.sub(r"</(p|h\d|tr|li|div|pre)>", "\n", text)
    text = re.sub(r"<[^>]+>", " ", text)
    lines = [re.sub(r"\s+", " ", line).strip() for line in html.unescape(text).splitlines()]
    return [line for line in lines if line]


def first_sentences(path):
    return words_of(path.read_text())[1]


def problems_of_page(name, student, result, page):
    words = words_of(page.read_text())
    problems = []
    if not re.search(student.first, words[1]):
        problems.append(f"{name}: the page begins with {words[1]!r}")
    if not re.search("(?s)" + student.says, "\n".join(words)):
        problems.append(f"{name}: no sentence of the page says {student.says!r}")
    deserved = result["max_points"] * (LATE_SHARE if name == "xena_late" else 1)
    if (result["points"] >= deserved - 0.01) != student.is_full and "full marks" not in student.first:
        problems.append(f"{name}: {result['points']} of {deserved} points")
    if bool(result["flags"]) != bool(student.flag):
        problems.append(f"{name}: flags {result['flags']}, and deserves {student.flag!r}")
    return problems


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--out", required=True, type=pathlib.Path, help="a folder that is the trial's own")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--pages", action="store_true", help="print whole pages")
    options = parser.parse_args()
    out = options.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    students = hand_in(out / "inbox")
    write_lists(out, sorted(students))
    problems = problems_of_two_by_one(out, options.jobs)
    results = {}
    for level in ("all", "core"):
        printed = grade_or_stop(out, level, options.jobs)
        marks = out / level
        if level == "all":
            # The ledger holds verdicts, whatever is marked.
            (out / "core").mkdir(exist_ok=True)
            shutil.copy(marks / "events.jsonl", out / "core" / "events.jsonl")
        results[level] = results_of(marks)
        for name, found in marks_of_exports(marks, printed).items():
            if len(set(found.values())) != 1 or len(found) != 5:
                problems.append(f"{name}: at --level {level} exports have {found}")
        problems += problems_of_gradescope(marks, results[level])
        problems += problems_of_junit(marks, results[level])
    problems += problems_of_levels(results["all"], results["core"])
    pages = by_student(out / "all" / "feedback", ".html")
    for name, student in students.items():
        result = results["all"][name]
        problems += problems_of_page(name, student, result, pages[name])
        print(f"| {name} | {result['points']:.2f} | {first_sentences(pages[name])} |")
        if options.pages:
            print("".join(f"    {line[:300]}\n" for line in words_of(pages[name].read_text())))
    print(f"{len(students) + 1} submissions, {len(problems)} problems")
    for problem in problems:
        print(f"honest_class: {problem}")
    return 1 if problems else 0


if __name__ == "__main__":
    os.umask(0o022)
    sys.exit(main())

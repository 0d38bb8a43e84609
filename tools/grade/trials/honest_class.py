#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A class of 03_01 as students really hand in, and what each of them is told.

    python3 tools/grade/trials/honest_class.py --out FOLDER [--jobs 2]

Makes thirty submissions: right, half done, and wrong in the ways that classes are.
Grades them with a late policy and a Canvas roster, at --level all and core, and fails
where exports disagree, where a state or a flag is not what the code deserves, or where
a page does not say what its student has to change. Prints for each submission its mark
and the first sentence of its page; --pages prints whole pages. Killed and started again
with the same --out, it goes on. Exit code 1 when something is wrong.
"""

import argparse
import csv
import html
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import typing
import xml.etree.ElementTree
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
EXERCISE = "03_01"
ASSIGNMENT = "Vectors (7)"
FILES = ("growth_costs.cc", "growth_costs.h", "growth_policies.cc", "growth_policies.h",
         "dyn_array.h", "retention.cc", "retention.h", "relocation.h", "insertion.h",
         "shrinking.h")
FULL = r"points\. Every task has full marks\."
UNCLEAR = "nothing to grade"
# Of a class that hands in before noon but for one student.
DUE = "2026-11-20T12:00:00Z"
IN_TIME = "2026-11-20T09:00:00Z"
LATE = "2026-11-22T09:00:00Z"
LATE_SHARE = 0.8


class Student(typing.NamedTuple):
    files: typing.Any  # name to text or bytes, or an archive's bytes
    first: str  # what the first sentence of the page says
    says: str = ""  # and the page, somewhere
    flag: str = ""  # where one is deserved
    is_full: bool = False


def reference():
    return {name: (ROOT / "solutions" / EXERCISE / name).read_text() for name in FILES}


def stub():
    return {name: (ROOT / "exercises" / EXERCISE / name).read_text() for name in FILES}


def write(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())


def zipped(files):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return data.getvalue()


def tarred(files):
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:") as archive:
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))
    return data.getvalue()


def changed(file, old, new):
    files = reference()
    if old not in files[file]:
        raise SystemExit(f"honest_class: {file} has no {old!r}. Fix: change the trial")
    files[file] = files[file].replace(old, new)
    return files


def first_body(file, line):
    """The reference with `line` as the first statement of the first function of `file`."""
    files = reference()
    at = re.search(r"\)\s*(?:const\s*)?\{\n", files[file]).end()
    files[file] = files[file][:at] + "  " + line + "\n" + files[file][at:]
    return files


def half(done):
    """The first files as the reference has them, the rest as handed out."""
    files = stub()
    files.update({name: reference()[name] for name in FILES[:done]})
    return files


def whole_folder():
    """All of the exercise, with a test that he has made easier."""
    folder = ROOT / "exercises" / EXERCISE
    files = {path.relative_to(folder).as_posix(): path.read_bytes()
             for path in folder.rglob("*") if path.is_file()}
    files["retention_test.cc"] = "// Passes.\n"
    return {**files, **reference()}


def full(files):
    return Student(files, FULL, is_full=True)


def right_ways(good):
    """What differs from the reference in nothing that a test asks for."""
    renamed = dict(good)
    renamed["retention.cc"] = re.sub(r"\bslice\b", "piece", good["retention.cc"])
    return {
        "abel": full(good),
        "bea_blank_lines": full({name: text.replace("\n\n", "\n\n\n")
                                 for name, text in good.items()}),
        "nils_crlf": full({name: text.replace("\n", "\r\n") for name, text in good.items()}),
        "pia_bom": full({**good, "dyn_array.h": b"\xef\xbb\xbf" + good["dyn_array.h"].encode()}),
        "gina_umlauts": full({**good, "retention.cc": "// Größe: ähnlich.\n" + good["retention.cc"]}),
        "quinn_in_src": full({f"homework/src/{name}": text for name, text in good.items()}),
        "rosa.zip": full(zipped(good)),
        "sam.tar": full(tarred(good)),
        "udo_executable": full({**good, "a.out": b"\x7fELF" + bytes(200), "core": bytes(1000)}),
        "ben_git_folder": full({**good, ".git/config": "[core]\n", ".vscode/tasks.json": "{}"}),
        "hugo_whole_folder": full(whole_folder()),
        "vera": full(good),
        "will_copy_of_abel": full(renamed),
        "xena_late": Student(good, FULL, "Handed in 2 days late, so 20 % of the points are taken off",
                             is_full=True),
    }


def unfinished_ways(good):
    """What compiles, and is not done or not right."""
    endless = "volatile int i = 0; while (i == 0) {}"
    return {
        "carla_half_done": Student(half(4), "task 3.*still as handed out", "is yours to write"),
        "dora_first_task": Student(half(2), "task 2.*still as handed out", "is yours to write"),
        "emil_untouched": Student(stub(), "task 1.*still as handed out", "is yours to write"),
        "gus_crash": Student(first_body("growth_policies.cc", "__builtin_trap();"),
                             "task 2.*do not pass", "Crashed: .*Fix: run ./workbook check"),
        "hal_hang": Student(first_body("retention.cc", endless),
                            "task 4.*do not pass", "Timed out: .*Fix: look for a loop"),
        "ida_throws": Student(first_body("growth_costs.cc", "throw 42;"),
                              "task 1.*do not pass", "Unknown C.. exception"),
        "jan_recursion": Student(
            first_body("retention.cc", "if (slices.size() < 1u << 30) return MeasureRetention(slices);"),
            "task 4.*do not pass", "(Crashed|Timed out): .*Fix: "),
        "zoe_prints": Student(
            first_body("growth_costs.cc", "for (int i = 0; i < 3; ++i) __builtin_puts(\"here\");"),
            "(uses more than full marks allow|Every task has full marks)", "(points that are missing|full marks)"),
        "ole_off_by_one": Student(
            changed("growth_costs.cc", "2 * capacity", "2 * capacity + 1"),
            "task 1.*do not pass", "Which is"),
    }


def lost_ways(good):
    """What can't be graded, in whole or in part, for how it was handed in."""
    helper = dict(good)
    helper["growth_costs.cc"] = '#include "03_01/my_helper.h"\n' + good["growth_costs.cc"]
    helper["my_helper.h"] = "#pragma once\ninline int Twice(int n) { return 2 * n; }\n"
    misnamed = {name.replace("dyn_array.h", "DynArray.h"): text for name, text in good.items()}
    wide = {**good, "growth_costs.cc": good["growth_costs.cc"].encode("utf-16")}
    main = {**good, "retention.cc": good["retention.cc"] + "\nint main() { return 0; }\n"}
    return {
        "fay_nothing": Student({}, UNCLEAR, "submission is empty. Fix: "),
        "anna_pdf_only": Student({"homework.pdf": b"%PDF-1.4\n"}, UNCLEAR, "only homework.pdf. Fix: "),
        "tina_archive_in_archive.zip": Student(zipped({"inner.zip": zipped(good)}), UNCLEAR,
                                               "another archive, inner.zip.*Fix: "),
        "cleo_old_version_beside": Student({**good, "old/dyn_array.h": stub()["dyn_array.h"]}, UNCLEAR,
                                           "twice, as dyn_array.h and old/dyn_array.h.*Fix: "),
        "kim_no_semicolon": Student(changed("growth_costs.cc", "2 * capacity);", "2 * capacity)"),
                                    "task 1.*does not compile", "expected ';'"),
        "lea_wrong_name": Student(misnamed, "task 3.*a file is missing",
                                  "DynArray.h was not read.*called dyn_array.h. Fix: rename"),
        "mia_helper_header": Student(helper, "task 1.*does not compile",
                                     "my_helper.h is not there: only the files .*Fix: move its code"),
        "olga_utf16": Student(wide, "task 1.*a file is missing", "UTF-16.*Fix: save it as UTF-8"),
        "yan_own_main": Student(main, "task 4.*does not accept", "defines main.*Fix: remove it"),
    }


def hand_in(inbox):
    shutil.rmtree(inbox, ignore_errors=True)
    good = reference()
    students = {**right_ways(good), **unfinished_ways(good), **lost_ways(good)}
    for name, student in students.items():
        if isinstance(student.files, bytes):
            inbox.mkdir(parents=True, exist_ok=True)
            (inbox / name).write_bytes(student.files)
        else:
            (inbox / name).mkdir(parents=True)
            write(inbox / name, student.files)
    return {student_of(name): student for name, student in students.items()}


def student_of(name):
    return re.sub(r"\.(zip|tar)$", "", name)


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

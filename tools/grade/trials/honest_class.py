#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A class of 03_01 as students really hand in, and what each of them is told.

    python3 tools/grade/trials/honest_class.py --out FOLDER [--keep-marks]

Makes thirty submissions: right, half done, and wrong in the ways that classes are.
Grades them with a late policy, a Canvas roster, and compares the marks of all exports
with each other and the state of each submission with what its code deserves. Prints
for each student what his feedback page says, to be read as he would: does it say what
to change? Exit code 1 when an export disagrees or a state is another.
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
import xml.etree.ElementTree
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
EXERCISE = "03_01"
FILES = ("growth_costs.cc", "growth_costs.h", "growth_policies.cc", "growth_policies.h",
         "dyn_array.h", "retention.cc", "retention.h", "relocation.h", "insertion.h",
         "shrinking.h")


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
            archive.writestr(name, text)
    return data.getvalue()


def tarred(files):
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as archive:
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))
    return data.getvalue()


def changed(file, old, new, base=None):
    files = base or reference()
    if old not in files[file]:
        raise SystemExit(f"honest_class: {file} has no {old!r} any more; change the trial")
    files[file] = files[file].replace(old, new, 1)
    return files


def first_body(file, line):
    """The reference with `line` as the first statement of the first function of `file`."""
    files = reference()
    at = re.search(r"\)\s*(?:const\s*)?\{\n", files[file]).end()
    files[file] = files[file][:at] + "  " + line + "\n" + files[file][at:]
    return files


def half(done):
    """The first tasks as the reference has them, the rest as handed out."""
    files = stub()
    files.update({name: reference()[name] for name in FILES[:done]})
    return files


def class_of_thirty():
    """Student to (files or archive, task states that his code deserves or None, full?)."""
    good = reference()
    helper = dict(good)
    helper["growth_costs.cc"] = '#include "03_01/my_helper.h"\n' + good["growth_costs.cc"]
    helper["my_helper.h"] = "#pragma once\ninline int Twice(int n) { return 2 * n; }\n"
    renamed = {name: text.replace("bytes", "octets") if name == "retention.cc" else text
               for name, text in good.items()}
    return {
        "abel": (good, True),
        "bea_spaces_only": ({name: re.sub(r"\n\n", "\n\n\n", text) for name, text in good.items()}, True),
        "carla_half_done": (half(4), False),
        "dora_first_task": (half(2), False),
        "emil_untouched": (stub(), False),
        "fay_nothing": ({}, False),
        "gus_crash": (first_body("growth_policies.cc", "*static_cast<volatile int*>(nullptr) = 1;"), False),
        "hal_hang": (first_body("retention.cc", "for (volatile int i = 0;;) i = i + 1;"), False),
        "ida_throws": (first_body("growth_costs.cc", "throw 42;"), False),
        "jan_recursion": (first_body("retention.cc", "static int (*self)(int) = [](int n) { return n == -1 ? n : self(n + 1) + 1; }; if (self(0) == 7) throw 1;"), False),
        "kim_no_semicolon": (changed("growth_costs.cc", ";", " "), False),
        "lea_wrong_names": ({name.replace("dyn_array.h", "DynArray.h"): text for name, text in good.items()}, False),
        "mia_helper_header": (helper, False),
        "nils_crlf": ({name: text.replace("\n", "\r\n") for name, text in good.items()}, True),
        "olga_utf16": ({**good, "growth_costs.cc": good["growth_costs.cc"].encode("utf-16")}, False),
        "pia_bom": ({**good, "dyn_array.h": b"\xef\xbb\xbf" + good["dyn_array.h"].encode()}, True),
        "quinn_in_src": ({f"homework/src/{name}": text for name, text in good.items()}, True),
        "rosa.zip": (zipped(good), True),
        "sam.tar.gz": (tarred(good), True),
        "tina_archive_in_archive.zip": (zipped({"inner.zip": zipped(good)}), False),
        "udo_executable": ({**good, "a.out": b"\x7fELF" + bytes(200), "core": bytes(1000)}, True),
        "vera": (good, True),
        "vera.zip": (zipped(half(2)), None),
        "will_copy_of_abel": (renamed, True),
        "xena_late": ({**good, "shrinking.h": good["shrinking.h"] + "// Late.\n"}, True),
        "yan_own_main": ({**good, "retention.cc": good["retention.cc"] + "\nint main() { return 0; }\n"}, False),
        "zoe_prints": (first_body("growth_costs.cc", "for (int i = 0; i < 3; ++i) __builtin_puts(\"here\");"), True),
        "anna_pdf_only": ({"homework.pdf": b"%PDF-1.4\n"}, False),
        "ben_git_folder": ({**good, ".git/config": "[core]\n", ".vscode/tasks.json": "{}"}, True),
        "cleo_old_version_beside": ({**good, "old/dyn_array.h": stub()["dyn_array.h"]}, None),
    }


def hand_in(inbox):
    shutil.rmtree(inbox, ignore_errors=True)
    inbox.mkdir(parents=True)
    students = class_of_thirty()
    for name, (files, _) in students.items():
        if isinstance(files, bytes):
            (inbox / name).write_bytes(files)
        else:
            (inbox / name).mkdir()
            write(inbox / name, files)
    return students


def student_of(name):
    return re.sub(r"\.(zip|tar\.gz)$", "", name)


def grade(out, inbox):
    names = sorted({student_of(path.name) for path in inbox.iterdir()})
    (out / "grade.toml").write_text('[late]\ndue = 2026-11-20T12:00:00Z\npercent_a_day = 10\n')
    (out / "times.csv").write_text("student,handed_in\n" + "".join(
        f"{name},2026-11-2{2 if name == 'xena_late' else 0}T09:00:00Z\n" for name in names))
    rows = ["Student,ID,SIS User ID,SIS Login ID,Section,Vectors (7)", "    Points Possible,,,,,100"]
    rows += [f'"{name}",{number},,{name},L01,' for number, name in enumerate(names, 1)]
    (out / "canvas_in.csv").write_text("\n".join(rows) + "\n")
    shutil.rmtree(out / "marks", ignore_errors=True)
    run = subprocess.run(
        ["./workbook", "grade", "--exercise", EXERCISE, "--submissions", str(inbox),
         "--out", str(out / "marks"), "--config", str(out / "grade.toml"),
         "--times", str(out / "times.csv"), "--roster", str(out / "canvas_in.csv"),
         "--assignment", "Vectors (7)"],
        cwd=ROOT, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        raise SystemExit(f"honest_class: the grader failed\n{run.stdout[-1500:]}{run.stderr[-1500:]}")


def marks_of_exports(marks):
    """Student to the mark that each export has."""
    book = json.loads((marks / "result.json").read_text())["results"]
    found = {result["student"]: {"result.json": round(result["points"], 2)} for result in book}
    for path in (marks / "gradescope").glob("*.json"):
        report = json.loads(path.read_text())
        score = report.get("score", sum(test.get("score", 0) for test in report.get("tests", [])))
        found.setdefault(path.stem, {})["gradescope"] = round(score, 2)
    with open(marks / "canvas.csv", newline="") as file:
        for row in csv.DictReader(file):
            if row["SIS Login ID"]:
                mark = row["Vectors (7)"]
                found.setdefault(row["SIS Login ID"], {})["canvas"] = float(mark) if mark else None
    tree = xml.etree.ElementTree.parse(marks / "junit.xml")
    states = {}
    for suite in tree.iter("testsuite"):
        failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        states[suite.get("name")] = failed
    return found, states, {result["student"]: result for result in book}


def words_of(page):
    text = re.sub(r"(?s)<(style|head).*?</\1>", "", page)
    text = re.sub(r"</(p|h\d|tr|li|div)>", "\n", text)
    text = re.sub(r"<[^>]+>", " ", text)
    lines = [re.sub(r"\s+", " ", line).strip() for line in html.unescape(text).splitlines()]
    return [line for line in lines if line]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--keep-marks", action="store_true", help="look at marks of an earlier run")
    options = parser.parse_args()
    out = options.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    students = class_of_thirty() if options.keep_marks else hand_in(out / "inbox")
    if not options.keep_marks:
        grade(out, out / "inbox")
    found, failures, book = marks_of_exports(out / "marks")
    wrong = 0
    for name, (_, is_full) in students.items():
        student = student_of(name)
        result, marks = book.get(student), found.get(student, {})
        print(f"\n=== {name}: {marks}, {failures.get(student, 'no suite')} failures in JUnit")
        if result is None:
            print("  NOT GRADED")
            wrong += 1
            continue
        for line in result["flags"]:
            print(f"  flag: {line}")
        values = {value for value in marks.values() if value is not None}
        if len(values) != 1:
            print("  WRONG: exports disagree")
            wrong += 1
        deserved = 100.0 * (0.8 if student == "xena_late" else 1.0)
        if is_full is not None and (result["points"] >= deserved - 1.0) != is_full:
            print(f"  WRONG: {result['points']:.2f} points, and the code deserves {'all' if is_full else 'less'}")
            wrong += 1
        page = out / "marks/feedback" / f"{student}.html"
        if page.exists():
            for line in words_of(page.read_text())[:40]:
                print(f"  | {line[:200]}")
    print(f"\n{len(students)} submissions, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    os.umask(0o022)
    sys.exit(main())

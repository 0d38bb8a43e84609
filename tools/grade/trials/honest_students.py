# SPDX-License-Identifier: Apache-2.0
"""What honest_class.py hands in: submissions of 03_01, and what each is told."""

import io
import pathlib
import re
import shutil
import tarfile
import typing
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
EXERCISE = "03_01"
FILES = ("growth_costs.cc", "growth_costs.h", "growth_policies.cc", "growth_policies.h",
         "dyn_array.h", "retention.cc", "retention.h", "relocation.h", "insertion.h",
         "shrinking.h")
FULL = r"points\. Every task has full marks\."
UNCLEAR = "nothing to grade"


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
    # Without the volatile, the compiler takes the recursion out.
    deeper = ("volatile char stack[4096]; stack[0] = 1;\n"
              "  if (stack[0] == 1) {\n    Retention inner = MeasureRetention(slices);\n"
              "    inner.held_bytes += stack[0];\n    return inner;\n  }")
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
            first_body("retention.cc", deeper),
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

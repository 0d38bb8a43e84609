#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Solves an exercise task by task as a learner would, and sees the right next step.

    python3 tools/workbook/trials/learner.py [01_02] [--keep FOLDER]

Drives ./workbook in a pseudo-terminal on a copy of the checkout. Exit code 0 when
every step was right, 1 with the step that was not and what the screen showed.
"""

import argparse
import re
import sys

import course_copy
import terminal
from course_copy import Failure

REFUSED = 5


class Screen:
    """What one command left on its terminal, and how it ended."""

    def __init__(self, words, text, exit_code):
        self.command = "./workbook " + " ".join(words)
        # What was overwritten after a carriage return is not seen.
        lines = text.replace("\r\n", "\n").split("\n")
        self.text = "\n".join(line.rsplit("\r", 1)[-1] for line in lines)
        self.exit_code = exit_code

    def fail(self, wanted):
        raise Failure(
            f"{self.command}\n  wanted: {wanted}\n"
            f"  exit code {self.exit_code}, and the screen shows:\n{self.text}"
        )

    def ends_with(self, exit_code):
        if self.exit_code != exit_code:
            self.fail(f"exit code {exit_code}")
        return self

    def shows(self, words):
        if words not in self.text:
            self.fail(f'"{words}"')
        return self

    def find(self, pattern):
        found = re.search(pattern, self.text, re.MULTILINE)
        if not found:
            self.fail(pattern)
        return found


def workbook(root, *words):
    return Screen(words, *terminal.run(root, words))


class Learner:
    def __init__(self, copy, exercise):
        self.copy = copy
        self.exercise = exercise
        self.tasks = copy.manifest(exercise)["tasks"]

    def run(self, *words):
        return workbook(self.copy.root, *words)

    def say(self, screen, line):
        print(f"$ {screen.command}\n    {line}", flush=True)

    def sees_next(self, screen, number):
        """The step that is named is the stub of task `number`, at its very line."""
        screen.shows(f"{number - 1} of {len(self.tasks)} tasks green")
        for done in range(1, number):
            screen.find(rf"^ +{done}  .*  green ")
        step = screen.find(
            rf"^Next: task {number}: open exercises/{self.exercise}/(\S+):(\d+) and write it"
        )
        file, line = step.group(1), int(step.group(2))
        if file not in self.tasks[number - 1]["files"]:
            screen.fail(f"a file of task {number}, not {file}")
        source = self.copy.root / "exercises" / self.exercise / file
        # A long one has the text of the Todo on its second line.
        there = "".join(source.read_text().splitlines()[line - 2 : line])
        if f'"{self.exercise} task {number}: ' not in there or "Todo(" not in there:
            screen.fail(f"a Todo of task {number} at {file}:{line}")
        screen.shows(f"./workbook hint {self.exercise} {number}")
        self.say(screen, step.group(0))

    def takes_hints(self, number):
        seen = set()
        for level in (1, 2, 3):
            hint = self.run("hint").ends_with(0)
            hint.shows(f"{self.exercise} task {number}, hint {level} of 3: ")
            seen.add(hint.text.split("\n", 1)[1])
        hint.shows("That was the last.")
        if len(seen) != 3:
            hint.fail("three hints that differ")
        self.say(hint, f"task {number}: hints 1, 2 and 3 of 3")

    def is_refused(self, number):
        for command in ("solution", "diff"):
            screen = self.run(command, self.exercise).ends_with(REFUSED)
            screen.shows(f"{self.exercise} is not solved yet")
        self.say(screen, f"refused, as is solution: {number - 1} green")

    def solves(self, number):
        self.copy.solve(self.exercise, self.tasks[number - 1])
        screen = self.run("check", "--all")
        if number < len(self.tasks):
            self.sees_next(screen.ends_with(3), number + 1)
            return
        count = len(self.tasks)
        screen.ends_with(0).shows(f"{count} of {count} tasks green")
        self.say(screen, screen.find(r"^All tasks are green\.").group(0))

    def goes_to_the_exercise(self):
        for _ in self.run("list").ends_with(0).text.splitlines():
            screen = self.run("next", "--skip").ends_with(0)
            if screen.text.startswith(self.exercise + " "):
                self.say(screen, screen.text.splitlines()[0])
                return
        screen.fail(f"{self.exercise}, after as many as there are")

    def looks_back(self):
        core = sum(task["level"] == "core" for task in self.tasks)
        deep = len(self.tasks) - core
        progress = self.run("progress").ends_with(0)
        line = progress.find(rf"^[ms] {self.exercise}  {core}/{core} +{deep}/{deep} .*")
        self.say(progress, line.group(0).strip())
        same = self.run("diff", self.exercise).ends_with(0)
        same.shows("Your files are the reference, byte for byte.")
        file = self.tasks[0]["files"][-1]
        own = self.copy.reference(self.exercise, file) + "// my own words\n"
        self.copy.write(self.exercise, file, own)
        differs = self.run("diff", self.exercise).ends_with(0)
        differs.shows("// my own words")
        self.say(differs, "empty after the reference, and shows a line of one's own")
        self.run("solution", self.exercise, file).ends_with(0).shows("#include")
        following = self.run("next").ends_with(0)
        going_to = following.find(r"^\d\d_\d\d .*\(about \d+ min\)").group(0)
        if going_to.startswith(self.exercise):
            following.fail("another exercise")
        self.say(following, going_to)

    def work_through(self):
        self.copy.reset(self.exercise)
        self.goes_to_the_exercise()
        self.sees_next(self.run("start").ends_with(0), 1)
        for number in range(1, len(self.tasks) + 1):
            self.takes_hints(number)
            self.is_refused(number)
            self.solves(number)
        self.looks_back()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("exercise", nargs="?", default="01_02")
    parser.add_argument("--keep", metavar="FOLDER", help="use this one, and leave it")
    options = parser.parse_args()
    try:
        with course_copy.CourseCopy(options.keep) as copy:
            Learner(copy, options.exercise).work_through()
    except Failure as failure:
        print(f"learner: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    print(f"{options.exercise} is solved, and each next step was the right one.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: Apache-2.0

"""Counts what a malloc costs in a call sequence: instructions, faults, memory."""

import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.append(str(ROOT / "tools" / "workbook" / "trials"))

from course_copy import Failure, bazel, output_of  # noqa: E402

ROUNDS = 4
LONGEST_RUN_SECONDS = 900
REPRODUCERS = ("sawtooth", "pages_4k", "mixed_32k", "many_small", "growing", "small_program")
TARGETS = [
    "//tools/trace:rounds",
    "//tools/trace:trace",
    "//tools/trace:librecorder.so",
    "//solutions/01_01/trials:reproducers",
    "//solutions/01_01/trials:server",
]
PRELOAD = "//solutions/01_01:preload"
PEERS = {
    "tcmalloc": ("libtcmalloc_minimal.so.4", "libtcmalloc-minimal4"),
    "mimalloc": ("libmimalloc.so.2", "libmimalloc2.0"),
    "jemalloc": ("libjemalloc.so.2", "libjemalloc2"),
}

LIBRARY_FOLDERS = (
    "/usr/lib/x86_64-linux-gnu",
    "/usr/lib/aarch64-linux-gnu",
    "/usr/lib64",
    "/usr/lib",
    "/usr/local/lib",
)

# By these names glibc's malloc is called; of a preloaded library all calls count.
MALLOC_FAMILY = re.compile(
    r"(__libc_|_int_|__)?(malloc|free|cfree|calloc|realloc|reallocarray|memalign|"
    r"aligned_alloc|posix_memalign|valloc|pvalloc)(@.*|'\d+)?$"
)


def need_valgrind():
    if not shutil.which("valgrind"):
        raise Failure(
            "valgrind counts the instructions, and is not installed. "
            "Fix: apt-get install valgrind"
        )


def peer_library(name):
    """The path of a peer that is to be preloaded; None for glibc."""
    if name == "glibc":
        return None
    if name not in PEERS:
        known = ", ".join(PEERS)
        raise Failure(f"{name} is no malloc of this trial. Fix: name some of glibc, {known}")
    file, package = PEERS[name]
    for folder in LIBRARY_FOLDERS:
        path = pathlib.Path(folder) / file
        if path.exists():
            return path
    raise Failure(
        f"{name} is not installed: there is no {file}. Fix: apt-get install {package}, "
        f"or leave it out by --mallocs"
    )


def build(targets, root=ROOT, startup=(), options=()):
    """Builds with -c opt, and returns bazel-bin; the links of the checkout stay."""
    command = [bazel(), *startup]
    flags = ["-c", "opt", *options]
    output_of([*command, "build", *flags, "--symlink_prefix=/", *targets], root)
    return pathlib.Path(output_of([*command, "info", *flags, "bazel-bin"], root).strip())


def environment_with(library):
    environment = {key: value for key, value in os.environ.items() if not key.startswith("MALLOC_")}
    environment["LC_ALL"] = "C"
    # The first call of a function is like any other one.
    environment["LD_BIND_NOW"] = "1"
    environment.pop("LD_PRELOAD", None)
    if library:
        environment["LD_PRELOAD"] = str(library)
    return environment


def run(command, library):
    command = [str(word) for word in command]
    try:
        done = subprocess.run(
            command,
            env=environment_with(library),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=LONGEST_RUN_SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise Failure(f"{' '.join(command)} did not end within {LONGEST_RUN_SECONDS} s") from error
    if "cannot be preloaded" in done.stderr:
        told = done.stderr.strip()[:300]
        raise Failure(f"{library} can't be preloaded: {told}. Fix: build or install it")
    if done.returncode != 0:
        raise Failure(f"{' '.join(command)}: exit code {done.returncode}\n{done.stderr[-1000:]}")
    return done.stdout


class Dump:
    """The calls that one dump of callgrind tells of, each with all that it calls in turn.

    A line `calls=` is followed by their cost. Names and objects come as `(ID) NAME` first,
    then as `(ID)`.
    """

    def __init__(self, text):
        self.calls = []  # ((object, function) of the caller, of the callee, count, instructions)
        self._names = {"ob": {}, "fn": {}}
        current = function = callee_object = callee = ""
        count = None
        for line in text.splitlines():
            key, _, value = line.partition("=")
            if count is not None:
                # Behind the position; callgrind leaves a zero at the end out.
                cost = int((line.split() + ["0"])[1])
                target = (callee_object or current, callee)
                self.calls.append(((current, function), target, count, cost))
                callee_object, count = "", None
            elif key == "ob":
                current = self._object(value)
            elif key == "cob":
                callee_object = self._object(value)
            elif key == "fn":
                function = self._name("fn", value)
            elif key == "cfn":
                callee = self._name("fn", value)
            elif key == "calls":
                count = int(value.split()[0])

    def _object(self, text):
        return pathlib.Path(self._name("ob", text)).name

    def _name(self, kind, text):
        number, _, name = text.partition(" ")
        if name:
            self._names[kind][number] = name
        return self._names[kind].get(number, text)


def dumps_in(folder):
    """Those with a number, in their order; the last one is of the program's end."""
    found = pathlib.Path(folder).glob("callgrind.*")
    return sorted(found, key=lambda path: int(path.suffix[1:]))


def calls_of_malloc(text, program, library):
    """How often `program` calls malloc's family in one dump, and what that costs."""
    dump = Dump(text)
    preloaded = pathlib.Path(library).resolve().name if library else None
    own = pathlib.Path(program).name
    count_of_all = cost_of_all = 0
    for caller, (target, function), count, cost in dump.calls:
        # valgrind knows no object for a section that is not called .text.
        named = target == "???" or (not preloaded and target.startswith("libc"))
        if caller[0] == own and (
            target == preloaded or (named and MALLOC_FAMILY.match(function))
        ):
            count_of_all += count
            cost_of_all += cost
    return count_of_all, cost_of_all


def callgrind(command, library, calls):
    """The instructions in malloc's family of each MeasuredRound, which has `calls` calls."""
    with tempfile.TemporaryDirectory(prefix="workbook-trial-") as folder:
        out = pathlib.Path(folder) / "callgrind"
        run(
            [
                "valgrind",
                "--tool=callgrind",
                f"--callgrind-out-file={out}",
                "--zero-before=MeasuredRound",
                "--dump-after=MeasuredRound",
                *command,
            ],
            library,
        )
        found = [
            calls_of_malloc(dump.read_text(), command[0], library) for dump in dumps_in(folder)
        ]
    for count, _ in found[:1]:
        if count == calls:
            return [cost for _, cost in found]
    raise Failure(
        f"callgrind saw {found[0][0] if found else 0} calls of malloc's family, not {calls}, in "
        f"{' '.join(map(str, command))} with LD_PRELOAD={library}. Fix: look at `valgrind "
        f"--tool=callgrind` of it: by what names does it call malloc?"
    )


class Sequence:
    """One call sequence, and how it is measured with a malloc."""

    def __init__(self, name, kind):
        self.name = name
        self.kind = kind  # "reproducer" or "program"


class Reproducer(Sequence):
    LINE = re.compile(r"\w+ (\d+) calls (\d+) faults (\d+) peak KiB (\d+) anonymous KiB")

    def __init__(self, name, program):
        super().__init__(name, "reproducer")
        self.program = program

    def identity(self):
        return hash_of(self.program) + self.name

    def _line(self, library, *words):
        text = run([self.program, *words], library)
        match = self.LINE.match(text)
        if not match:
            raise Failure(f"{self.program} printed {text.strip()!r}, which is no line of figures")
        return [int(number) for number in match.groups()]

    def measure(self, library):
        calls, cold_faults, _, _ = self._line(library, self.name, "first")
        warm_faults = self._line(library, self.name, "later")[1]
        start_kib = self._line(None, "nothing", "first", "peak")[3]
        return {
            "calls": calls,
            "threads": 1,
            "cold_instructions": callgrind([self.program, self.name, "first"], library, calls)[-1],
            "warm_instructions": callgrind([self.program, self.name, "later"], library, calls)[-1],
            "cold_faults": cold_faults,
            "warm_faults": warm_faults,
            "cold_kib": self._line(library, self.name, "first", "peak")[3] - start_kib,
            "warm_kib": self._line(library, self.name, "later", "peak")[3] - start_kib,
        }


class Recorded(Sequence):
    def __init__(self, trace, rounds):
        super().__init__(trace.stem, "program")
        self.trace = trace
        self.rounds = rounds
        self._start_kib = None

    def _start(self):
        """What the program has on glibc before the first call; the trace is in it."""
        if self._start_kib is None:
            text = run([self.rounds, self.trace, 1, "resident"], None)
            self._start_kib = json.loads(text)["start_kib"]
        return self._start_kib

    def identity(self):
        return hash_of(self.trace) + hash_of(self.rounds)

    def measure(self, library):
        command = [self.rounds, self.trace, ROUNDS]
        counted = json.loads(run(command, library))
        resident = json.loads(run([*command, "resident"], library))
        # Tables that a malloc makes before its first call are its own, too.
        begun_kib = resident["start_kib"] - self._start()
        peaks = [begun_kib + one["peak_kib"] for one in resident["rounds"]]
        instructions = callgrind(command, library, counted["events"])
        return {
            "calls": counted["events"],
            "threads": counted["threads"],
            "cold_instructions": instructions[0],
            "warm_instructions": instructions[-1],
            "cold_faults": counted["rounds"][0]["faults"],
            "warm_faults": counted["rounds"][-1]["faults"],
            "cold_kib": peaks[0],
            "warm_kib": max(peaks),
        }


def hash_of(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()[:16]


class Measurements:
    """Figures that were measured before, of the same bytes, are not measured again."""

    def __init__(self, file):
        self.file = file
        self.known = {}
        if file.exists():
            try:
                self.known = json.loads(file.read_text())
            except ValueError as error:
                raise Failure(f"{file} is no JSON: {error}. Fix: remove it") from error

    def of(self, sequence, library):
        malloc = hash_of(library) if library else "glibc"
        key = f"{hash_of(__file__)} {sequence.identity()} {malloc}"
        if key not in self.known:
            self.known[key] = sequence.measure(library)
            part = self.file.with_suffix(".part")
            part.write_text(json.dumps(self.known, indent=0))
            part.replace(self.file)
        return self.known[key]

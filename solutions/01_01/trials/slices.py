# SPDX-License-Identifier: Apache-2.0

"""Time, as slices of several processes in turn: only one computes at any moment.

A slice of each process lies milliseconds from those of the others, in an order
drawn anew each time, so that a busy machine is as busy for all. Only ratios count.
"""

import contextlib
import math
import random
import statistics
import subprocess

from course_copy import Failure
from measuring import environment_with

SLICE_NS = 10e6
CYCLES = 12
STARTS = 5  # of each process anew: where its memory lies is luck


class SliceProcess:
    """`rounds TRACE slices` on one malloc."""

    def __init__(self, rounds, trace, library):
        self.process = subprocess.Popen(
            [str(rounds), str(trace), "slices"],
            env=environment_with(library),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def nanoseconds(self, count):
        try:
            self.process.stdin.write(f"{count}\n")
            self.process.stdin.flush()
            return float(self.process.stdout.readline()) / count
        except (OSError, ValueError) as error:
            raise Failure(f"{self.process.args} ended early, with {self.process.poll()}") from error

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.kill()
        self.process.wait()


def slices_of(rounds, trace, libraries, seed=1, starts=STARTS, cycles=CYCLES):
    """{name: [ns a round]}, the slices of one cycle at the same index."""
    order = random.Random(seed)
    found = {name: [] for name in libraries}
    for _ in range(starts):
        with contextlib.ExitStack() as stack:
            names = list(libraries)
            order.shuffle(names)
            processes = {}
            for name in names:
                processes[name] = SliceProcess(rounds, trace, libraries[name])
                stack.callback(processes[name].close)
            # The last of four rounds is warm; so is all that follows.
            warm = max(processes[name].nanoseconds(4) for name in names)
            count = max(1, round(SLICE_NS / warm))
            for _ in range(cycles):
                order.shuffle(names)
                for name in names:
                    found[name].append(processes[name].nanoseconds(count))
    return found


def log_ratios(slices, a, b):
    return [math.log(x / y) for x, y in zip(slices[a], slices[b])]


def ratio_and_interval(logs, seed=1, resamples=1000):
    """The median ratio, and its 95 % interval by bootstrap over whole starts."""
    order = random.Random(seed)
    per_start = max(1, len(logs) // STARTS)
    groups = [logs[at : at + per_start] for at in range(0, len(logs), per_start)]
    medians = sorted(
        statistics.median(value for _ in groups for value in order.choice(groups))
        for _ in range(resamples)
    )
    low, high = medians[int(resamples * 0.025)], medians[int(resamples * 0.975)]
    return math.exp(statistics.median(logs)), math.exp(low), math.exp(high)

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The least that stays resident of a trace where each size class has its own pages.

    python3 solutions/01_01/least_resident.py [tools/trace/testdata/git.trace.gz ...]

Without names: all recorded traces, and their geometric mean. An allocator that wasted
nothing would reach it: no cache, no metadata, and the objects of a class always packed
into the fewest pages of 4 KiB. A block above every class has its own pages, those that
its bytes touch. Requests of malloc are aligned to 16, as MallocClassOf does.
"""

import bisect
import csv
import gzip
import heapq
import math
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE_BYTES = 4096


def class_sizes():
    with open(ROOT / "exercises/01_01/testdata/go_size_classes.csv", newline="") as file:
        return [int(row["bytes_per_obj"]) for row in csv.DictReader(file)]


def numbers(packed):
    """LEB128, as tools/trace/trace.h has it."""
    value = shift = 0
    for byte in packed:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            yield value
            value = shift = 0


def pages(size):
    return -(-size // PAGE_BYTES)


class Footprint:
    def __init__(self, sizes):
        self.sizes = sizes
        self.objects = [0] * len(sizes)
        self.pages = self.peak = 0

    def change(self, size, count):
        if size <= 1024:
            size = max(16, (size + 15) // 16 * 16)
        if size > self.sizes[-1]:
            self.pages += count * pages(size)
        else:
            at = bisect.bisect_left(self.sizes, size)
            self.pages -= pages(self.objects[at] * self.sizes[at])
            self.objects[at] += count
            self.pages += pages(self.objects[at] * self.sizes[at])
        self.peak = max(self.peak, self.pages)


def least_kib(path, sizes):
    footprint, free, live = Footprint(sizes), [], []
    events = numbers(gzip.decompress(path.read_bytes()))
    for event in events:
        kind, value = event & 3, event >> 2
        if kind == 0:
            if not free:
                heapq.heappush(free, len(live))
                live.append(0)
            live[heapq.heappop(free)] = value
            footprint.change(value, 1)
        elif kind == 1:
            footprint.change(live[value], -1)
            heapq.heappush(free, value)
        elif kind == 2:
            # In place, or at least not beside the old block: no peak between.
            footprint.change(live[value], -1)
            live[value] = next(events)
            footprint.change(live[value], 1)
    return footprint.peak * PAGE_BYTES // 1024


def main():
    paths = [pathlib.Path(name) for name in sys.argv[1:]]
    paths = paths or sorted((ROOT / "tools/trace/testdata").glob("*.trace.gz"))
    sizes = class_sizes()
    found = [least_kib(path, sizes) for path in paths]
    for path, kib in zip(paths, found):
        print(f"{path.name:20} {kib:6} KiB")
    mean = math.exp(sum(map(math.log, found)) / len(found))
    print(f"{'geometric mean':20} {mean:6.0f} KiB")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Where the trials of this folder read or compute: no program is started.

    python3 solutions/01_01/trials/trials_test.py
"""

import math
import pathlib
import sys
import unittest
import unittest.mock

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import compare_commits  # noqa: E402
import measuring  # noqa: E402
import slices  # noqa: E402
import tables  # noqa: E402

# Shortened from what callgrind 3.19 wrote.
DUMP = """# callgrind format
version: 1
part: 1
desc: Trigger: --dump-after=MeasuredRound
positions: line
events: Ir
summary: 2000

ob=(1) /x/libmalloc.so.2.0
fl=(1) ???
fn=(1) malloc
0 70
cfn=(2) Slow()
calls=2 0
0 30
* 5

ob=(2) /x/replay
fl=(2)
fn=(3) Round()
0 1000
cob=(1)
cfi=(1)
cfn=(1)
calls=10 0
+3 100
cob=(1)
cfn=(4) free
calls=5 0
-2 60
cob=(3) ???
cfn=(5) realloc
calls=1 0
0 7
cob=(4) /lib/libc.so.6
cfn=(6) memset
calls=3 0
0 400
cfn=(7) Helper()
calls=1 0
0 9
cob=(4)
cfn=(8) malloc'2
calls=1 0
0 11

totals: 2000
"""


class CallsOfMalloc(unittest.TestCase):
    def test_counts_calls_into_the_preloaded_library(self):
        # And into its section without an object; neither memset nor glibc.
        found = measuring.calls_of_malloc(DUMP, "/y/replay", "/x/libmalloc.so.2.0")
        self.assertEqual(found, (16, 167))

    def test_of_glibc_counts_malloc_by_its_names(self):
        found = measuring.calls_of_malloc(DUMP, "/y/replay", None)
        self.assertEqual(found, (2, 18))

    def test_leaves_out_what_the_library_calls_itself(self):
        found = measuring.calls_of_malloc(DUMP, "/x/libmalloc.so.2.0", "/x/other.so")
        self.assertEqual(found, (0, 0))

    def test_reads_a_cost_of_zero_that_callgrind_left_out(self):
        dump = measuring.Dump("ob=(1) a\nfn=(1) f\ncob=(2) b\ncfn=(2) g\ncalls=4 0\n0\n")
        self.assertEqual(dump.calls, [(("a", "f"), ("b", "g"), 4, 0)])


class PeerLibrary(unittest.TestCase):
    def test_that_is_missing_is_named_with_its_package(self):
        known = {"tcmalloc": ("libnot_there.so.4", "libtcmalloc-minimal4")}
        with unittest.mock.patch.dict(measuring.PEERS, known):
            with self.assertRaisesRegex(measuring.Failure, "apt-get install libtcmalloc-minimal4"):
                measuring.peer_library("tcmalloc")

    def test_of_glibc_is_none(self):
        self.assertIsNone(measuring.peer_library("glibc"))


class LineOfAReproducer(unittest.TestCase):
    def test_is_read(self):
        line = "sawtooth 18000 calls 4915 faults 54236 peak KiB 19 anonymous KiB"
        match = measuring.Reproducer.LINE.match(line)
        self.assertEqual([int(word) for word in match.groups()], [18000, 4915, 54236, 19])


class RowsOfABenchmark(unittest.TestCase):
    def dump(self, row, total):
        return f"desc: Trigger: Client Request: {row}\nsummary: {total}\ntotals: {total + 9}\n"

    def test_are_the_second_dump_less_the_first(self):
        figures = {"benchmarks": [{"name": "a/b", "exact_operations": 64}, {"name": "a/gap"}]}
        dumps = [self.dump("a/b", 1000), self.dump("a/b", 1640), self.dump("a/gap", 5)]
        dumps.append("summary: 3\n")
        self.assertEqual(compare_commits.counts_of_rows(dumps, figures), {"a/b": 10})


class WhatMoved(unittest.TestCase):
    def test_is_more_than_two_per_cent(self):
        self.assertEqual(compare_commits.moved(100, 102), 0)
        self.assertAlmostEqual(compare_commits.moved(100, 103), 0.03)
        self.assertAlmostEqual(compare_commits.moved(100, 90), -0.1)
        self.assertEqual(compare_commits.moved(0, 0), 0)

    def test_a_few_pages_are_the_kernels(self):
        self.assertEqual(compare_commits.moved_enough("cold_faults", 10, 18), 0)
        self.assertEqual(compare_commits.moved_enough("cold_faults", 10, 20), 1)
        self.assertEqual(compare_commits.moved_enough("cold_kib", 400, 432), 0)
        self.assertAlmostEqual(compare_commits.moved_enough("cold_kib", 400, 440), 0.1)
        self.assertAlmostEqual(compare_commits.moved_enough("cold_instructions", 10, 11), 0.1)

    def test_time_moves_at_both_alignments_beyond_the_noise(self):
        noise = 0.02
        self.assertEqual(compare_commits.direction([1.05, 1.06], noise), 1)
        self.assertEqual(compare_commits.direction([0.95, 0.90], noise), -1)
        self.assertEqual(compare_commits.direction([1.20, 1.01], noise), 0)
        self.assertEqual(compare_commits.direction([1.20, 0.80], noise), 0)

    def test_interval_holds_the_ratio(self):
        logs = [math.log(1.1) + 0.01 * (at % 7 - 3) for at in range(60)]
        ratio, low, high = slices.ratio_and_interval(logs)
        self.assertTrue(1.05 < low <= ratio <= high < 1.15, (low, ratio, high))


def figures(calls=1000, instructions=100, faults=0, kib=2048):
    return {
        "calls": calls,
        "threads": 1,
        "warm_instructions": instructions,
        "cold_instructions": instructions,
        "warm_faults": faults,
        "cold_faults": faults,
        "cold_kib": kib,
        "warm_kib": kib,
    }


class Goals(unittest.TestCase):
    def results(self, ours, theirs):
        found = {}
        for name, mine, other in (("a", ours, theirs), ("b", figures(), figures())):
            found[name, "ours"] = mine
            found[name, "tcmalloc"] = found[name, "glibc"] = other
        sequences = [("a", "program"), ("b", "program")]
        return tables.Results(sequences, ["ours", "tcmalloc", "glibc"], found)

    def state(self, results, start):
        goals = results.goals()
        found = [(figure, met) for what, figure, _, met in goals if what.startswith(start)]
        self.assertEqual(len(found), 1, start)
        return found[0]

    def test_mean_is_geometric_and_the_worst_has_its_name(self):
        results = self.results(figures(instructions=160), figures(instructions=100))
        mean = self.state(results, "Instructions a call, warm, over tcmalloc, mean")
        worst = self.state(results, "Instructions a call, warm, over tcmalloc, worst")
        self.assertEqual(mean, ("1.26", False))
        self.assertEqual(worst, ("1.60 a", False))

    def test_few_faults_are_no_ratio(self):
        results = self.results(figures(calls=18000, faults=4), figures(calls=18000, faults=1))
        self.assertEqual(
            self.state(results, "Faults of a round, warm, over tcmalloc, worst"), ("1.16 a", True)
        )

    def test_memory_is_judged_by_the_size_of_the_heap(self):
        results = self.results(figures(kib=500), figures(kib=400))
        below = self.state(results, "Peak RSS below 1 MiB, over glibc, worst")
        above = self.state(results, "Peak RSS above 1 MiB, over glibc, worst")
        self.assertEqual((below, above), (("1.25 a", True), ("1.00 b", True)))

    def test_tables_are_markdown(self):
        text = self.results(figures(), figures()).markdown("Preface.\n")
        self.assertIn("## Goals\n\n| goal | figure | at most | state |\n", text)
        self.assertIn("| a | 1,000 | 0.1 | 0.1 | 0.1 |\n", text)
        self.assertTrue(all(line.count("|") in (0, 5, 6) for line in text.splitlines()))

    def test_tables_without_ours_have_no_ratios(self):
        results = tables.Results([("a", "program")], ["glibc"], {("a", "glibc"): figures()})
        self.assertNotIn("ours", results.markdown("Preface.\n"))

    def test_a_row_of_tsv_for_each_malloc(self):
        lines = self.results(figures(), figures()).tsv().splitlines()
        self.assertEqual(len(lines), 1 + 2 * 3)
        self.assertEqual({line.count("\t") for line in lines}, {10})


if __name__ == "__main__":
    unittest.main()

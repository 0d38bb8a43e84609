# SPDX-License-Identifier: Apache-2.0

"""The components of 03_06, in the order of the tasks.

All are optimised in every build: task 1 is about what the optimiser removes,
and the simulated comparisons of task 3 draw millions of samples.
"""

load("//tools/build:exercise.bzl", "component")

_OPTIMISED = ["-O2"]

_GIVEN = "//exercises/03_06/given"

_TESTING = "//exercises/03_06/testing"

COMPONENTS = {
    "four_liars": component(
        bench_deps = [
            "//exercises/03_06/before",
            "@abseil-cpp//absl/container:flat_hash_map",
            "@boost.container",
        ],
        copts = _OPTIMISED,
        test_deps = [_TESTING],
        deps = [
            _GIVEN,
            "//tools/bench:keep",
            "@google_benchmark//:benchmark",
        ],
    ),
    "robust_statistics": component(
        # Boost's algorithms take an execution policy, and libstdc++'s need TBB.
        bench_deps = [
            "@boost.math",
            "@onetbb//:tbb",
        ],
        copts = _OPTIMISED,
        test_deps = [
            _TESTING,
            "//tools/exercise/testing:same_list",
        ],
        deps = [_GIVEN],
    ),
    "verdict": component(
        copts = _OPTIMISED,
        test_deps = [_TESTING],
        deps = [
            _GIVEN,
            ":four_liars",
            ":robust_statistics",
        ],
    ),
    "benchmark_reading": component(
        test_deps = [_TESTING],
        deps = [
            _GIVEN,
            ":robust_statistics",
        ],
    ),
    "profile_reading": component(
        test_deps = [_TESTING],
        deps = [_GIVEN],
    ),
    "mann_whitney": component(
        copts = _OPTIMISED,
        test_deps = [_TESTING],
        deps = [_GIVEN],
    ),
    "cold_and_warm": component(
        test_deps = [_TESTING],
        deps = [_GIVEN],
    ),
}

# SPDX-License-Identifier: Apache-2.0

"""The components of 04_03, in the order of the tasks."""

load("//tools/build:exercise.bzl", "component")

_GIVEN = ["//exercises/04_03/given"]

_GAIN = ["//tools/exercise/testing:recorded_gain"]

COMPONENTS = {
    "pool_ratios": component(
        deps = _GIVEN,
    ),
    "buffer_strategies": component(
        test_deps = _GAIN,
        deps = _GIVEN,
    ),
    "bounded_buffer_pool": component(
        bench_deps = [
            "@boost.lockfree",
            "@onetbb//:tbb",
        ],
        cases = ["bounded_buffer_pool"],
        test_deps = [
            "//exercises/04_03/testing",
            "//tools/exercise/testing:sleeper",
        ],
        threads = True,
        deps = _GIVEN,
    ),
    "budgeted_pool": component(
        cases = ["budgeted_pool"],
        more = [
            "break_even.cc",
            "break_even.h",
        ],
        test_deps = _GAIN + ["//tools/exercise/testing:sleeper"],
        threads = True,
        deps = _GIVEN,
    ),
    "tagged_stack": component(
        bench_deps = ["@boost.lockfree"],
        cases = ["tagged_stack"],
        threads = True,
        deps = _GIVEN,
    ),
    "generation_pool": component(
        cases = ["generation_pool"],
        test_deps = _GAIN,
        deps = _GIVEN,
    ),
}

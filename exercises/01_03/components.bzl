# SPDX-License-Identifier: Apache-2.0

"""The components of 01_03, in the order of the tasks."""

load("//tools/build:exercise.bzl", "component")

_GIVEN = ["//exercises/01_03/given"]

_TESTING = [
    "//exercises/01_03/testing",
    "//tools/exercise/testing:recorded_gain",
]

COMPONENTS = {
    "size_histogram": component(
        cases = ["size_histogram"],
        test_deps = _TESTING + ["//tools/exercise/testing:same_list"],
        deps = _GIVEN,
    ),
    "waste_report": component(
        test_deps = _TESTING,
        deps = _GIVEN,
    ),
    "optimal_classes": component(
        test_deps = _TESTING,
        deps = _GIVEN,
    ),
    "greedy_classes": component(
        test_deps = _TESTING,
        deps = _GIVEN,
    ),
    "fast_classes": component(
        test_deps = _TESTING,
        deps = _GIVEN,
    ),
    "span_waste": component(
        test_deps = _TESTING,
        deps = _GIVEN,
    ),
    "tuned_tables": component(
        test_deps = _TESTING + ["//tools/trace:recorded"],
        deps = _GIVEN + ["//tools/trace:trace_file"],
    ),
}

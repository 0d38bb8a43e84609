# SPDX-License-Identifier: Apache-2.0

"""The components of 03_03, in the order of the tasks."""

load("//tools/build:exercise.bzl", "component")

_BEFORE = "//exercises/03_03/before"

_TESTING = "//exercises/03_03/testing"

_STRINGS = [
    _BEFORE,
    _TESTING,
    "@abseil-cpp//absl/strings",
    "@abseil-cpp//absl/strings:cord",
    "@fmt//:fmt",
]

COMPONENTS = {
    "concatenation": component(
        bench_deps = _STRINGS,
        test_deps = [
            _BEFORE,
            _TESTING,
            "//tools/exercise/testing:recorded_gain",
        ],
    ),
    "views": component(
        bench_deps = _STRINGS,
        test_deps = [_TESTING],
    ),
    "interner": component(
        bench_deps = ["@abseil-cpp//absl/container:flat_hash_map"],
        cases = ["interner"],
        test_deps = [
            _TESTING,
            "//tools/exercise/testing:recorded_gain",
        ],
    ),
    "shared_string": component(
        bench_deps = _STRINGS,
        cases = ["shared_string"],
        test_deps = ["//tools/exercise/testing:recorded_gain"],
        threads = True,
    ),
    "rope": component(
        bench_deps = _STRINGS,
        deps = [":shared_string"],
        test_deps = ["//tools/exercise/testing:recorded_gain"],
    ),
    "small_string": component(
        bench_deps = ["@boost.container"],
    ),
    "adaptive_count": component(
        threads = True,
    ),
}

# These work from the beginning, and waste.
IMPROVE = ["concatenation"]

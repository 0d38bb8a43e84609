# SPDX-License-Identifier: Apache-2.0

"""The components of 03_02, in the order of the tasks."""

load("//tools/build:exercise.bzl", "component")

_CALLED_FROM = ["//tools/exercise/testing:called_from"]

_GIVEN = "//exercises/03_02/given"

_GAIN = ["//tools/exercise/testing:recorded_gain"]

_TESTING = ["//exercises/03_02/testing"]

COMPONENTS = {
    "missing_keys": component(
        test_deps = _GAIN,
    ),
    "map_bytes": component(
        test_deps = _GAIN,
        # The test brings the probe's malloc, and a case a malloc of its own.
        deps = ["//tools/probe:counters"],
    ),
    "control_word": component(
        deps = [_GIVEN],
    ),
    "slot_budget": component(
        test_deps = _GAIN,
        deps = [_GIVEN],
    ),
    "flat_map": component(
        bench_deps = [
            "@abseil-cpp//absl/container:flat_hash_map",
            "@boost.unordered",
            "@robin-map//:robin_map",
        ],
        case_deps = _TESTING,
        cases = ["flat_map"],
        test_deps = _GAIN + _TESTING,
        deps = [
            _GIVEN,
            ":control_word",
            ":map_bytes",
            ":slot_budget",
        ],
    ),
    # The tests of these two run on maps.
    "simd_window": component(
        test_deps = _TESTING + _CALLED_FROM,
        deps = [
            _GIVEN,
            ":control_word",
            ":flat_map",
        ],
    ),
    "in_place": component(
        test_deps = _CALLED_FROM + _GAIN + _TESTING,
        deps = [
            _GIVEN,
            ":flat_map",
        ],
    ),
    "endpoint_keys": component(
        test_deps = _GAIN,
        deps = [
            _GIVEN,
            ":flat_map",
        ],
    ),
}

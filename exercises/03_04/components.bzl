# SPDX-License-Identifier: Apache-2.0

"""The components of 03_04, in the order of the tasks."""

load("//tools/build:exercise.bzl", "component")

_GAIN = "//tools/exercise/testing:recorded_gain"

_GIVEN = "//exercises/03_04/given"

_TESTING = "//exercises/03_04/testing"

COMPONENTS = {
    "exchange": component(
        test_deps = [
            _GAIN,
            "//exercises/03_04/before",
        ],
    ),
    "object_pool": component(
        bench_deps = ["@boost.pool"],
        cases = ["object_pool"],
        test_deps = [
            _GAIN,
            _TESTING,
        ],
    ),
    "pooling_costs": component(
        deps = [_GIVEN],
        test_deps = [_TESTING],
    ),
    "pooling_advisor": component(
        deps = [
            _GIVEN,
            ":pooling_costs",
        ],
        test_deps = [
            _TESTING,
            "//tools/exercise/testing:called_from",
        ],
    ),
    "leasing_pool": component(
        deps = [":object_pool"],
        test_deps = [_TESTING],
    ),
    "file_pool": component(
        deps = [_GIVEN],
        test_deps = [
            _GAIN,
            _TESTING,
        ],
    ),
}

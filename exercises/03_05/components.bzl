# SPDX-License-Identifier: Apache-2.0

"""The components of 03_05, in the order of the tasks."""

load("//tools/build:exercise.bzl", "component")

_GIVEN = "//exercises/03_05/given"

_TESTING = [
    "//exercises/03_05/testing",
    "//tools/exercise/testing:recorded_gain",
    "//tools/exercise/testing:sleeper",
]

COMPONENTS = {
    "leak_diff": component(
        test_deps = _TESTING,
        threads = True,
        deps = [_GIVEN],
    ),
    "sessions": component(
        test_deps = _TESTING + ["//exercises/03_05/before"],
        deps = [":leak_diff"],
    ),
    "channel": component(
        bench_deps = [
            "@boost.lockfree",
            "@onetbb//:tbb",
        ],
        cases = ["channel"],
        test_deps = _TESTING,
        threads = True,
        deps = [
            _GIVEN,
            ":leak_diff",
        ],
    ),
    "task_scope": component(
        test_deps = _TESTING,
        threads = True,
        deps = [
            _GIVEN,
            ":leak_diff",
        ],
    ),
    "timer_queue": component(
        test_deps = _TESTING,
        threads = True,
    ),
    "creation_sites": component(
        threads = True,
    ),
    "worker_group": component(
        test_deps = _TESTING,
        threads = True,
        deps = [
            ":channel",
            ":leak_diff",
            ":task_scope",
        ],
    ),
}

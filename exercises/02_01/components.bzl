# SPDX-License-Identifier: Apache-2.0

"""The components of 02_01, in the order of the tasks."""

load("//tools/build:exercise.bzl", "component")

_BEFORE = ["//exercises/02_01/before"]

_GIVEN = ["//exercises/02_01/given"]

COMPONENTS = {
    "snippet_costs": component(
        test_deps = ["//tools/exercise/testing:called_from"],
        deps = _GIVEN + ["//tools/probe"],
    ),
    "returned_containers": component(
        bench_deps = _BEFORE,
        test_deps = _BEFORE + ["//tools/exercise/testing:recorded_gain"],
    ),
    "callbacks": component(
        bench_deps = _BEFORE + ["@abseil-cpp//absl/functional:function_ref"],
        test_deps = _BEFORE + ["//tools/exercise/testing:recorded_gain"],
        deps = _GIVEN,
    ),
    "ownership": component(
        bench_deps = _BEFORE,
        test_deps = _BEFORE + ["//tools/exercise/testing:recorded_gain"],
    ),
    "texts": component(
        bench_deps = _BEFORE + [
            "@abseil-cpp//absl/strings",
            "@fmt",
        ],
        test_deps = _BEFORE + ["//tools/exercise/testing:recorded_gain"],
    ),
    "fixed_arrays": component(
        bench_deps = _BEFORE + ["@abseil-cpp//absl/container:inlined_vector"],
        test_deps = _BEFORE + [
            "//exercises/02_01/testing",
            "//tools/exercise/testing:recorded_gain",
        ],
    ),
    "coroutine_frames": component(
        deps = _GIVEN,
    ),
    "errors_as_values": component(
        test_deps = ["//tools/exercise/testing:called_from"],
        deps = _GIVEN,
    ),
    "inline_function": component(
        bench_deps = ["@abseil-cpp//absl/functional:any_invocable"],
        cases = ["inline_function"],
    ),
}

# SPDX-License-Identifier: Apache-2.0

"""The components of 02_02, in the order of the tasks."""

load("//tools/build:exercise.bzl", "component")

_SCENARIO = [
    "//exercises/02_02/before",
    "//exercises/02_02/testdata:inputs",
]

_SCENARIO_TEST = _SCENARIO + [
    "//tools/exercise/testing:called_from",
    "//tools/exercise/testing:recorded_gain",
]

COMPONENTS = {
    "vector_patterns": component(
        bench_deps = [
            "@abseil-cpp//absl/container:inlined_vector",
            "@boost.container",
        ],
    ),
    "map_patterns": component(
        bench_deps = [
            "@abseil-cpp//absl/container:flat_hash_map",
            "@boost.container",
            "@boost.unordered",
        ],
    ),
    "function_ref": component(),
    "interface_patterns": component(
        bench_deps = ["@abseil-cpp//absl/functional:any_invocable"],
    ),
    "optimized": component(
        bench_deps = ["@abseil-cpp//absl/strings"],
    ),
    "csv_pipeline": component(
        bench_deps = _SCENARIO + [
            "@abseil-cpp//absl/container:flat_hash_map",
            "@abseil-cpp//absl/strings",
        ],
        more = [
            "zone_rows.cc",
            "zone_rows.h",
        ],
        test_deps = _SCENARIO_TEST,
    ),
    "inline_any": component(cases = ["inline_any"]),
    "action_queue": component(
        deps = [":inline_any"],
    ),
    "http_handler": component(
        bench_deps = _SCENARIO + ["@boost.beast"],
        more = [
            "http_response.cc",
            "http_text.h",
        ],
        test_deps = _SCENARIO_TEST,
    ),
    "batch_job": component(
        bench_deps = _SCENARIO + ["@abseil-cpp//absl/strings"],
        test_deps = _SCENARIO_TEST,
    ),
    "stream_job": component(
        bench_deps = _SCENARIO + ["@abseil-cpp//absl/strings"],
        deps = [":function_ref"],
        test_deps = _SCENARIO_TEST,
    ),
}

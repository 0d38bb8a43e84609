# SPDX-License-Identifier: Apache-2.0

"""The components of 03_01, in the order of the tasks."""

load("//tools/bazel:exercise.bzl", "component")

_ELEMENTS = ["//exercises/03_01/testing"]

COMPONENTS = {
    "growth_costs": component(),
    "growth_policies": component(),
    "dyn_array": component(
        bench_deps = [
            "@abseil-cpp//absl/container:inlined_vector",
            "@boost.container",
        ],
        test_deps = _ELEMENTS,
    ),
    "retention": component(),
    "relocation": component(
        test_deps = _ELEMENTS,
    ),
    "insertion": component(
        test_deps = _ELEMENTS,
        deps = [":dyn_array"],
    ),
    "shrinking": component(
        test_deps = _ELEMENTS,
        deps = [":dyn_array"],
    ),
}

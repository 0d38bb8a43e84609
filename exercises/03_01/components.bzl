# SPDX-License-Identifier: Apache-2.0

"""The components of 03_01, in the order of the tasks."""

load("//tools/build:exercise.bzl", "component")

_CALLED_FROM = ["//tools/exercise/testing:called_from"]

_ELEMENTS = ["//exercises/03_01/testing"]

COMPONENTS = {
    "growth_costs": component(test_deps = _CALLED_FROM),
    "growth_policies": component(
        test_deps = _CALLED_FROM + ["//tools/exercise/testing:same_list"],
    ),
    "dyn_array": component(
        bench_deps = [
            "@abseil-cpp//absl/container:inlined_vector",
            "@boost.container",
        ],
        case_deps = _ELEMENTS,
        cases = ["dyn_array"],
        test_deps = _ELEMENTS + _CALLED_FROM,
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

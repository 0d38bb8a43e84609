# SPDX-License-Identifier: Apache-2.0

"""The components of 04_02, in the order of the tasks."""

load("//tools/build:exercise.bzl", "component")

_BEFORE = ["//exercises/04_02/before"]

_GIVEN = ["//exercises/04_02/given"]

_GAIN = ["//tools/exercise/testing:recorded_gain"]

_TESTING = ["//exercises/04_02/testing"]

COMPONENTS = {
    "message_layout": component(
        test_deps = _BEFORE + _GAIN,
    ),
    "mail_columns": component(
        case_deps = _TESTING,
        cases = ["mail_columns"],
        test_deps = _GAIN + _TESTING,
        deps = _GIVEN,
    ),
    "packed_ints": component(
        cases = ["packed_ints"],
        test_deps = _GAIN,
    ),
    "delta_ids": component(
        cases = ["delta_ids"],
        test_deps = _GAIN,
        deps = _GIVEN,
    ),
    "index_list": component(
        bench_deps = ["@boost.container"],
        cases = ["index_list"],
        test_deps = _GAIN,
    ),
    "small_vector": component(
        bench_deps = [
            "@abseil-cpp//absl/container:inlined_vector",
            "@boost.container",
        ],
        case_deps = _TESTING,
        cases = ["small_vector"],
        test_deps = _GAIN + _TESTING,
        deps = _GIVEN,
    ),
    "compact_set": component(
        bench_deps = ["@croaring//:roaring"],
        cases = ["compact_set"],
        more = [
            "chunk.h",
            "chunk.cc",
        ],
        test_deps = _GAIN,
        deps = _GIVEN,
    ),
    "frozen_set": component(
        bench_deps = ["@croaring//:roaring"],
        test_deps = _GAIN,
        deps = _GIVEN + [":compact_set"],
    ),
    "tagged_pointer": component(
        test_deps = _GAIN,
    ),
    "boxed_value": component(
        test_deps = _GAIN,
    ),
}

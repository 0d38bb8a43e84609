# SPDX-License-Identifier: Apache-2.0

"""The components of 01_01, in the order of the tasks."""

load("//tools/bazel:exercise.bzl", "component")

_CASE_DEPS = ["//exercises/01_01/testing:case_pages"]

COMPONENTS = {
    "size_classes": component(),
    "page_map": component(
        case_deps = _CASE_DEPS,
        cases = ["page_map"],
        deps = [":size_classes"],
    ),
    "page_heap": component(
        case_deps = _CASE_DEPS,
        cases = ["page_heap"],
        more = [
            "span_list.h",
            "span_list.cc",
        ],
        test_deps = ["//tools/exercise/testing:called_from"],
        deps = [":page_map"],
        threads = True,
    ),
    "central_free_list": component(
        case_deps = _CASE_DEPS,
        cases = ["central_free_list"],
        deps = [":page_heap"],
        threads = True,
    ),
    "thread_cache": component(
        case_deps = _CASE_DEPS,
        cases = ["thread_cache"],
        deps = [":central_free_list"],
        threads = True,
    ),
    "tiny_allocator": component(
        cases = ["tiny_allocator"],
        deps = [":page_heap"],
    ),
    "caching_allocator": component(
        case_deps = _CASE_DEPS,
        cases = ["caching_allocator"],
        more = [
            "caching_allocator_threads.cc",
            "caching_resource.h",
            "caching_resource.cc",
        ],
        deps = [
            ":thread_cache",
            ":tiny_allocator",
        ],
        test_deps = [
            "//exercises/01_01/testing",
            "//tools/exercise/testing:block_patterns",
        ],
        threads = True,
    ),
    "malloc_api": component(
        bench_deps = [
            "//tools/process",
            "//tools/trace:recorded",
            "//tools/trace:replay",
        ],
        cases = ["malloc_api"],
        deps = [":caching_allocator"],
        threads = True,
    ),
    "allocator_analysis": component(more = ["overhead_picture.cc"]),
    "batching": component(deps = [":size_classes"]),
}

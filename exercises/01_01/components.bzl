# SPDX-License-Identifier: Apache-2.0

"""The components of 01_01, in the order of the tasks."""

load("//tools/bazel:exercise.bzl", "component")

COMPONENTS = {
    "size_classes": component(),
    "page_map": component(deps = [":size_classes"]),
    "page_heap": component(
        more = [
            "span_list.h",
            "span_list.cc",
        ],
        test_deps = ["//tools/exercise/testing:called_from"],
        deps = [":page_map"],
        threads = True,
    ),
    "central_free_list": component(
        deps = [":page_heap"],
        threads = True,
    ),
    "thread_cache": component(
        deps = [":central_free_list"],
        threads = True,
    ),
    "tiny_allocator": component(
        cases = ["tiny_allocator"],
        deps = [":page_heap"],
    ),
    "caching_allocator": component(
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
        deps = [":caching_allocator"],
        threads = True,
    ),
    "allocator_analysis": component(more = ["overhead_picture.cc"]),
    "batching": component(deps = [":size_classes"]),
}

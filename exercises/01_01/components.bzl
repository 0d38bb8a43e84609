# SPDX-License-Identifier: Apache-2.0

"""The components of 01_01, from the bottom of the allocator to its top.

The tasks of the manifest stand in another order: a learner improves the tier
that is felt most first.
"""

load("//tools/build:exercise.bzl", "component")

_CASE_DEPS = ["//exercises/01_01/testing:case_pages"]

_GIVEN = "//exercises/01_01/given"

_TESTING = "//exercises/01_01/testing"

COMPONENTS = {
    "size_classes": component(deps = [_GIVEN]),
    "page_map": component(
        case_deps = _CASE_DEPS,
        cases = ["page_map"],
        deps = [_GIVEN],
    ),
    "idle_bound": component(),
    "free_spans": component(
        test_deps = ["//tools/exercise/testing:called_from"],
        deps = [
            _GIVEN,
            ":idle_bound",
        ],
    ),
    "page_heap": component(
        case_deps = _CASE_DEPS,
        cases = ["page_heap"],
        test_deps = ["//tools/exercise/testing:called_from"],
        deps = [
            _GIVEN,
            ":free_spans",
            ":page_map",
        ],
        threads = True,
    ),
    "central_free_list": component(
        case_deps = _CASE_DEPS,
        cases = ["central_free_list"],
        test_deps = [_TESTING],
        deps = [
            _GIVEN,
            ":page_heap",
        ],
        threads = True,
    ),
    "kept_spans": component(
        deps = [
            _GIVEN,
            ":page_heap",
        ],
    ),
    "thread_cache": component(
        case_deps = _CASE_DEPS,
        cases = ["thread_cache"],
        test_deps = [_TESTING],
        deps = [
            _GIVEN,
            ":central_free_list",
            ":kept_spans",
        ],
        threads = True,
    ),
    "tiny_allocator": component(
        cases = ["tiny_allocator"],
        deps = [":page_heap"],
    ),
    "caching_allocator": component(
        case_deps = _CASE_DEPS,
        cases = ["caching_allocator"],
        more = ["caching_allocator_threads.cc"],
        test_deps = [
            _TESTING,
            "//tools/exercise/testing:block_patterns",
        ],
        deps = [
            ":size_classes",
            ":thread_cache",
            ":tiny_allocator",
        ],
        threads = True,
    ),
    "caching_resource": component(
        test_deps = [_TESTING],
        deps = [":caching_allocator"],
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
    "batching": component(
        test_deps = [_TESTING],
        deps = [_GIVEN],
    ),
}

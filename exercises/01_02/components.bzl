# SPDX-License-Identifier: Apache-2.0

"""The components of 01_02, in the order of the tasks."""

load("//tools/build:exercise.bzl", "component")

COMPONENTS = {
    "fixed_size_pool": component(
        bench_deps = ["@boost.pool"],
        cases = ["fixed_size_pool"],
        test_deps = ["//exercises/01_02/testing"],
    ),
    "stack_allocator": component(cases = ["stack_allocator"]),
    "size_class_allocator": component(
        cases = ["size_class_allocator"],
        test_deps = ["//exercises/01_02/testing"],
        deps = [":fixed_size_pool"],
    ),
    "buffer_pool": component(
        cases = ["buffer_pool"],
        more = [
            "buffer_depot.h",
            "buffer_depot.cc",
        ],
        test_deps = ["//exercises/01_02/testing"],
        threads = True,
    ),
    "pool_allocator": component(
        cases = ["pool_allocator"],
        test_deps = ["//exercises/01_02/testing"],
    ),
    "unrolled_pool": component(
        bench_deps = ["@boost.pool"],
        cases = ["unrolled_pool"],
        test_deps = ["//exercises/01_02/testing"],
        deps = [":fixed_size_pool"],
    ),
    "shared_fixed_size_pool": component(
        bench_deps = ["@boost.lockfree"],
        cases = ["shared_fixed_size_pool"],
        test_deps = ["//exercises/01_02/testing"],
        threads = True,
        deps = [":fixed_size_pool"],
    ),
    "shared_pool_allocator": component(
        bench_deps = [
            "@boost.lockfree",
            "@onetbb//:tbb",
        ],
        cases = ["shared_pool_allocator"],
        test_deps = ["//exercises/01_02/testing"],
        threads = True,
    ),
    "string_builder_pool": component(
        bench_deps = ["@fmt"],
        threads = True,
    ),
    "worker_pool": component(
        bench_deps = [
            "@boost.asio",
            "@onetbb//:tbb",
        ],
        more = [
            "task_future.h",
            "task_future.cc",
        ],
        test_deps = ["//exercises/01_02/testing"],
        threads = True,
    ),
    "connection_pool": component(
        bench_deps = ["@sqlite3"],
        cases = ["connection_pool"],
        more = [
            "connection_ledger.h",
            "connection_ledger.cc",
        ],
        test_deps = [
            "//exercises/01_02/testing",
            "@sqlite3",
        ],
        threads = True,
    ),
    "adaptive_pool": component(
        bench_deps = ["@boost.pool"],
        more = [
            "biased_lock.h",
            "biased_lock.cc",
        ],
        test_deps = ["//exercises/01_02/testing"],
        threads = True,
    ),
    "http_responder": component(
        bench_deps = ["@nlohmann_json//:json"],
        deps = [
            ":buffer_pool",
            ":string_builder_pool",
        ],
        more = [
            "json_writer.h",
            "json_writer.cc",
        ],
        test_deps = [
            "//exercises/01_02/testing",
            "@cpp-httplib",
            "@nlohmann_json//:json",
        ],
        threads = True,
    ),
}

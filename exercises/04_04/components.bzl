# SPDX-License-Identifier: Apache-2.0

"""The components of 04_04, in the order of the tasks."""

load("//tools/bazel:exercise.bzl", "component")

COMPONENTS = {
    "chunk_io": component(cases = ["chunk_io"]),
    "record_splitter": component(
        cases = ["record_splitter"],
        test_deps = ["//tools/exercise/testing:called_from"],
    ),
    "stream_processor": component(
        bench_deps = ["//exercises/04_04/testdata:access_log"],
        deps = [
            ":chunk_io",
            ":record_splitter",
        ],
        threads = True,
    ),
    "cache_shard": component(
        bench_deps = [
            "//exercises/04_04/testdata:access_log",
            "@rocksdb",
        ],
        cases = ["cache_shard"],
    ),
    "memory_cache": component(
        bench_deps = ["@rocksdb"],
        cases = ["memory_cache"],
        deps = [":cache_shard"],
        threads = True,
    ),
    "low_alloc_api": component(
        bench_deps = ["//exercises/04_04/testdata:access_log"],
        cases = ["low_alloc_api"],
    ),
    "memory_sources": component(test_deps = ["//tools/process:test_run"]),
    "memory_monitor": component(
        cases = ["memory_monitor"],
        deps = [":memory_sources"],
        threads = True,
    ),
    "spilling_counter": component(
        cases = ["spilling_counter"],
        deps = [":chunk_io"],
        test_deps = ["//tools/process:test_run"],
    ),
    "log_analytics": component(
        deps = [
            ":chunk_io",
            ":low_alloc_api",
            ":memory_cache",
            ":memory_monitor",
            ":spilling_counter",
            ":stream_processor",
        ],
        test_deps = [
            "//exercises/04_04/testdata:access_log",
            "//tools/process:test_run",
        ],
        threads = True,
    ),
}

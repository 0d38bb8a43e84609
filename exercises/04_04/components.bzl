# SPDX-License-Identifier: Apache-2.0

"""The components of 04_04, in the order of the tasks."""

load("//tools/build:exercise.bzl", "component")

_GIVEN = "//exercises/04_04/given"

_TESTING = "//exercises/04_04/testing"

COMPONENTS = {
    "chunk_io": component(cases = ["chunk_io"]),
    "record_splitter": component(
        cases = ["record_splitter"],
        test_deps = ["//tools/exercise/testing:called_from"],
    ),
    "cache_shard": component(
        bench_deps = [
            "//exercises/04_04/testdata:access_log",
            "@rocksdb",
        ],
        cases = ["cache_shard"],
        deps = [_GIVEN],
        test_deps = [_TESTING],
    ),
    "low_alloc_api": component(
        bench_deps = ["//exercises/04_04/testdata:access_log"],
        cases = ["low_alloc_api"],
        test_deps = ["//tools/exercise/testing:recorded_gain"],
    ),
    "memory_monitor": component(
        cases = ["memory_monitor"],
        deps = [":memory_sources"],
        threads = True,
    ),
    "log_analytics": component(
        deps = [
            ":cache_shard",
            ":chunk_io",
            ":low_alloc_api",
            ":memory_monitor",
            ":spilling_counter",
            ":stream_processor",
        ],
        test_deps = [
            "//exercises/04_04/testdata:access_log",
            "//tools/exercise/testing:recorded_gain",
            "//tools/process:test_run",
        ],
        threads = True,
    ),
    "stream_processor": component(
        bench_deps = ["//exercises/04_04/testdata:access_log"],
        deps = [
            ":chunk_io",
            ":record_splitter",
        ],
        threads = True,
    ),
    "s3_fifo": component(
        cases = ["s3_fifo"],
        deps = [
            _GIVEN,
            ":cache_shard",
        ],
        test_deps = [_TESTING],
    ),
    "memory_cache": component(
        bench_deps = ["@rocksdb"],
        cases = ["memory_cache"],
        deps = [
            ":cache_shard",
            ":s3_fifo",
        ],
        threads = True,
    ),
    "spilling_counter": component(
        cases = ["spilling_counter"],
        deps = [
            _GIVEN,
            ":chunk_io",
        ],
        test_deps = ["//tools/process:test_run"],
    ),
    "memory_sources": component(
        test_deps = ["//tools/process:test_run"],
        threads = True,
    ),
    "memory_export": component(deps = [":memory_monitor"]),
}

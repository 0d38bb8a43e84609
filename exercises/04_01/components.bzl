# SPDX-License-Identifier: Apache-2.0

"""The components of 04_01, in the order of the tasks."""

load("//tools/build:exercise.bzl", "component")

_BEFORE = ["//exercises/04_01/before"]
_TESTING = _BEFORE + ["//exercises/04_01/testing:contract"]
_LOCALE = ["//exercises/04_01/testing:comma_locale"]
_GAIN = ["//tools/exercise/testing:recorded_gain"]
_LOG = ["//exercises/04_01/testing:access_log_input"]
_WEB_LOG = ["//exercises/04_01/testing:web_log"]
_BUFFER = [":caller_buffer"]
_STRINGS = _BEFORE + ["@abseil-cpp//absl/strings"]

COMPONENTS = {
    "caller_buffer": component(
        bench_deps = _BEFORE + ["@fmt//:fmt"],
        test_deps = _TESTING + _GAIN,
    ),
    "in_place": component(
        bench_deps = _BEFORE,
        deps = _BUFFER,
        test_deps = _TESTING + _GAIN,
    ),
    "text_views": component(
        bench_deps = _STRINGS,
        deps = _BUFFER,
        test_deps = _TESTING + _GAIN,
    ),
    "numbers": component(
        bench_deps = _STRINGS + ["@fmt//:fmt"],
        deps = _BUFFER,
        test_deps = _TESTING + _GAIN + _LOCALE,
    ),
    "scratch": component(
        bench_deps = _BEFORE,
        cases = ["scratch"],
        test_deps = _TESTING + _GAIN,
    ),
    "log_report": component(
        bench_deps = _STRINGS + _WEB_LOG,
        deps = [
            ":caller_buffer",
            ":numbers",
            ":scratch",
            ":text_views",
        ],
        test_deps = _TESTING + _GAIN + _WEB_LOG,
    ),
    "inplace_string": component(
        bench_deps = _BEFORE + ["@boost.static_string"],
        cases = ["inplace_string"],
        test_deps = _TESTING + _GAIN,
    ),
    "text_edit": component(
        bench_deps = _STRINGS,
        deps = _BUFFER,
        test_deps = _TESTING + _GAIN,
    ),
    "doubles": component(
        bench_deps = _STRINGS + ["@fmt//:fmt"],
        deps = [
            ":caller_buffer",
            ":numbers",
        ],
        test_deps = _TESTING + _GAIN + _LOCALE,
    ),
    "span_algorithms": component(
        bench_deps = _BEFORE,
        deps = _BUFFER,
        test_deps = _TESTING + _GAIN,
    ),
    "binary_text": component(
        bench_deps = _STRINGS,
        deps = _BUFFER,
        test_deps = _TESTING + _GAIN,
    ),
    "compact_bytes": component(
        bench_deps = _BEFORE,
        deps = _BUFFER,
        test_deps = _TESTING + _GAIN,
    ),
    "csv_fields": component(
        bench_deps = _BEFORE + ["@boost.tokenizer"],
        deps = _BUFFER,
        test_deps = _TESTING + _GAIN,
    ),
    "escapes": component(
        bench_deps = _BEFORE + ["@nlohmann_json//:json"],
        deps = _BUFFER,
        test_deps = _TESTING + _GAIN,
    ),
    "utf8": component(
        bench_deps = _BEFORE + ["@boost.locale"],
        test_deps = _TESTING + _GAIN,
    ),
    "access_log": component(
        bench_deps = _STRINGS + _LOG + ["@nlohmann_json//:json"],
        deps = [
            ":caller_buffer",
            ":csv_fields",
            ":doubles",
            ":escapes",
            ":inplace_string",
            ":numbers",
            ":scratch",
            ":text_edit",
            ":text_views",
            ":utf8",
        ],
        test_deps = _TESTING + _GAIN + _LOG,
    ),
}

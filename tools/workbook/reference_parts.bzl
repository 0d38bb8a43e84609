# SPDX-License-Identifier: Apache-2.0

"""What of the learner's command needs references.

A released copy, which has none, has another file in the place of this one:
tools/release/copy/tools/workbook/reference_parts.bzl.
"""

load("//tools/build:rules.bzl", "cc_library", "cc_test")

REFERENCE_DEPS = [
    "//tools/authoring:gate",
    "//tools/authoring/stub",
    "//tools/workbook/instructor:actions",
]

# Of the learner's binary: how it starts the instructor's.
HAND_OVER_DEPS = ["//tools/workbook/instructor:hand_over"]

def reference_tests(copts):
    """The real binary on a sample course, with a Bazel that replays recorded runs.

    Args:
      copts: for the compiler.
    """
    cc_library(
        name = "sample_workbook",
        testonly = True,
        srcs = [
            "pseudo_terminal.cc",
            "sample_workbook.cc",
        ],
        hdrs = [
            "pseudo_terminal.h",
            "sample_workbook.h",
        ],
        copts = copts,
        data = [
            ":testdata",
            ":workbook",
            "//:README.md",
            "//:TUTOR.md",
            "//tools/release:copy/README.md",
            "//tools/release:copy/tools/workbook/commands/no_reference.cc",
            "//tools/release:copy/tools/workbook/help.txt",
        ],
        linkopts = ["-lutil"],
        deps = [
            "//tools/process",
            "//tools/process:test_run",
            "//tools/text:text_file",
            "@googletest//:gtest",
        ],
    )
    for stem, size in [
        # A run of g++ each time.
        ("asm_command", "medium"),
        ("at_hand", "small"),
        ("bench_command", "small"),
        ("case_command", "small"),
        ("command_line", "small"),
        ("completion", "small"),
        ("completion_fish", "small"),
        ("completion_zsh", "small"),
        ("feedback", "small"),
        ("hand_over", "small"),
        ("hint_command", "small"),
        ("json", "small"),
        # A run of g++ and gdb each time: a busy machine takes more than a minute.
        ("layout_command", "medium"),
        ("learners_files", "small"),
        ("narrow_terminal", "small"),
        ("predict_command", "small"),
        ("one_task", "small"),
        ("watch", "small"),
        ("way", "small"),
        ("workbook", "small"),
    ]:
        cc_test(
            name = stem + "_test",
            size = size,
            srcs = [stem + "_test.cc"],
            copts = copts,
            deps = [
                ":commands",
                ":core",
                ":sample_workbook",
                "//tools/process",
                "//tools/text:text_file",
                "@googletest//:gtest_main",
                "@nlohmann_json//:json",
            ] + HAND_OVER_DEPS,
        )

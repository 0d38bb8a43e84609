# SPDX-License-Identifier: Apache-2.0

"""The program over a large log, for the learner's tree and for the reference's."""

load("//tools/build:copts.bzl", "copts_over")
load("//tools/build:rules.bzl", "cc_binary", "sh_binary")

def big_log(tree):
    """log_report over one tree, and big_log, which compares it with awk.

    Args:
      tree: "exercises" or "solutions".
    """
    cc_binary(
        name = "log_report",
        srcs = ["//exercises/04_04/big_log:log_report_main.cc"],
        copts = copts_over(tree) + ["-I" + tree],
        deps = ["//{}/04_04:log_analytics".format(tree)],
    )
    sh_binary(
        name = "big_log",
        srcs = ["//exercises/04_04/big_log:big_log.sh"],
        args = [
            "$(location //exercises/04_04/big_log:make_log)",
            "$(location :log_report)",
        ],
        data = [
            ":log_report",
            "//exercises/04_04/big_log:make_log",
        ],
    )

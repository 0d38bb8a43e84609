# SPDX-License-Identifier: Apache-2.0

"""01_01's allocator as a shared library that replaces malloc."""

load("//tools/build:copts.bzl", "copts_over")
load("//tools/build:rules.bzl", "cc_binary")

def preload_library(tree):
    """//TREE/01_01:preload, the file libpreload.so.

    Args:
      tree: "exercises" or "solutions": whose allocator it is.
    """
    cc_binary(
        name = "libpreload.so",
        srcs = ["//tools/preload:malloc_exports.cc"],
        copts = copts_over(tree) + ["-I" + tree],
        # All but malloc's family stays inside, so that nothing goes through
        # tables of addresses.
        linkopts = [
            "-Wl,--version-script=$(location //tools/preload:exports.lds)",
            # Its constructor comes before that of any other library.
            "-Wl,-z,initfirst",
        ],
        linkshared = True,
        deps = [
            ":malloc_api",
            "//tools/preload:exports.lds",
        ],
    )
    native.filegroup(
        name = "preload",
        srcs = [":libpreload.so"],
        visibility = ["//visibility:public"],
    )

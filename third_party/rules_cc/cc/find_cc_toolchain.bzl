# SPDX-License-Identifier: Apache-2.0

"""How a rule finds the C++ toolchain in Bazel 4 to 6."""

load("@bazel_tools//tools/cpp:toolchain_utils.bzl", "find_cpp_toolchain")

find_cc_toolchain = find_cpp_toolchain

def use_cc_toolchain(mandatory = False):
    """Returns the toolchains of a rule that compiles C++.

    Args:
      mandatory: ignored: those versions know no optional toolchain.
    """
    return ["@bazel_tools//tools/cpp:toolchain_type"]

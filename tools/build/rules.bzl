# SPDX-License-Identifier: Apache-2.0

"""Every rule that the workbook's BUILD files use and Bazel does not have built in.

One place knows which repositories they come from: Bazel 9 has no C++ and no shell
rules of its own, and Bazel 4 to 6 have no others (third_party/rules_cc and
third_party/rules_shell give those the same names).
"""

load("@rules_cc//cc:cc_binary.bzl", _cc_binary = "cc_binary")
load("@rules_cc//cc:cc_library.bzl", _cc_library = "cc_library")
load("@rules_cc//cc:cc_test.bzl", _cc_test = "cc_test")
load("@rules_cc//cc:find_cc_toolchain.bzl", _find_cc_toolchain = "find_cc_toolchain", _use_cc_toolchain = "use_cc_toolchain")
load("@rules_cc//cc/common:cc_common.bzl", _cc_common = "cc_common")
load("@rules_cc//cc/common:cc_info.bzl", _CcInfo = "CcInfo")
load("@rules_shell//shell:sh_binary.bzl", _sh_binary = "sh_binary")
load("@rules_shell//shell:sh_test.bzl", _sh_test = "sh_test")

CcInfo = _CcInfo
cc_binary = _cc_binary
cc_common = _cc_common
cc_library = _cc_library
find_cc_toolchain = _find_cc_toolchain
sh_binary = _sh_binary
sh_test = _sh_test
use_cc_toolchain = _use_cc_toolchain

# A test of a tool takes 0.8 s to compile instead of 1.2: GoogleTest is parsed once
# for all (tools/precompiled). Where warnings are errors only, as in verify: gcc
# takes no header that was compiled with other options.
_STRICT = "//tools/build:strict"

def cc_test(copts = [], deps = [], **kwargs):
    """As rules_cc has it; the tests of the tools share what gcc made of GoogleTest."""
    sources = kwargs.get("srcs", [])
    if native.package_name().startswith("tools/") and any([str(s).endswith("_test.cc") for s in sources]):
        copts = copts + select({
            _STRICT: ["-include", "tools/precompiled/of_tools_tests/googletest.h"],
            "//conditions:default": [],
        })
        deps = deps + select({
            _STRICT: ["//tools/precompiled:of_tools_tests"],
            "//conditions:default": [],
        })
    _cc_test(copts = copts, deps = deps, **kwargs)

# SPDX-License-Identifier: Apache-2.0

"""The rules_cc entry point for Bazel 4 to 6, whose C++ rules are built in.

Debian's own bazel-rules-cc asks Bazel 4 for a symbol that it does not have, so
it does not load. These forwards give `@rules_cc//cc:defs.bzl` the same names.
The last five are loaded by Bazel's own @bazel_tools.
"""

cc_binary = native.cc_binary
cc_library = native.cc_library
cc_shared_library = getattr(native, "cc_shared_library", None)
cc_test = native.cc_test

cc_import = native.cc_import
cc_proto_library = native.cc_proto_library
cc_toolchain = native.cc_toolchain
cc_toolchain_suite = native.cc_toolchain_suite
objc_library = native.objc_library

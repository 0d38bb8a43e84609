# SPDX-License-Identifier: Apache-2.0

"""What the @bazel_tools of Bazel 4 to 7 load from here.

Debian's own bazel-rules-cc asks Bazel 4 for a symbol that it does not have, so it
does not load. Later versions of Bazel lack some of these.
"""

cc_binary = native.cc_binary
cc_import = native.cc_import
cc_library = native.cc_library
cc_proto_library = getattr(native, "cc_proto_library", None)
cc_test = native.cc_test
cc_toolchain = native.cc_toolchain
cc_toolchain_suite = getattr(native, "cc_toolchain_suite", None)
objc_library = getattr(native, "objc_library", None)

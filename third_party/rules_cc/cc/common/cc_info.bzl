# SPDX-License-Identifier: Apache-2.0

"""Built into Bazel 4 to 6."""

load(":built_in.bzl", "built_in_cc_info")

CcInfo = built_in_cc_info

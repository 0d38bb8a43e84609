# SPDX-License-Identifier: Apache-2.0

"""Built into Bazel 4 to 6."""

cc_binary = native.cc_binary

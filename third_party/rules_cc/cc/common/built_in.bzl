# SPDX-License-Identifier: Apache-2.0

"""Bazel's own, under other names: no file can define a name that it also uses."""

built_in_cc_common = cc_common
built_in_cc_info = CcInfo

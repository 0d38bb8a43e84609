# SPDX-License-Identifier: Apache-2.0

"""Built into Bazel 4 to 6."""

sh_test = native.sh_test

# SPDX-License-Identifier: Apache-2.0

"""The system's libraries for MODULE.bazel, where it has no module for them."""

load(":system_libraries.bzl", "LIBRARIES_OF_BOTH", "declare")

def _system_impl(_module_ctx):
    declare(LIBRARIES_OF_BOTH)

system = module_extension(implementation = _system_impl)

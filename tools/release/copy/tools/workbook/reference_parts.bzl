# SPDX-License-Identifier: Apache-2.0

"""What of the learner's command needs references: nothing in a copy without them."""

REFERENCE_DEPS = []

HAND_OVER_DEPS = []

# buildifier: disable=unused-variable
def reference_tests(copts):
    """There are none.

    Args:
      copts: for the compiler.
    """
    pass

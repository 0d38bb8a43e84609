#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# trials_test.py, where python3 is.
command -v python3 >/dev/null || {
  echo 'FAILED: python3 is not installed: apt-get install python3'
  exit 1
}
PYTHONDONTWRITEBYTECODE=1 exec python3 solutions/01_01/trials/trials_test.py

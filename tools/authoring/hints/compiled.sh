#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# compiled.sh FILE...: whether Bazel has compiled these, which is the test. What
# does not compile is told by Bazel, before this starts.
if [ $# = 0 ]; then
  echo 'compiled.sh: nothing was compiled. Fix: pass the libraries of the hints.' >&2
  exit 1
fi
for file; do
  if [ ! -s "$file" ]; then
    echo "$file: was not compiled. Fix: it must be data of the test." >&2
    exit 1
  fi
done

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Warnings are errors in what the workbook ships, with --config=strict alone, and
# never in what a learner edits. Clang also checks locks.
# Usage: copts_test.sh LEARNER_OPTIONS WORKBOOK_OPTIONS strict|plain clang|gcc
set -u

failures=0

# expect FILE yes|no: whether its options make any warning an error.
expect() {
  found=no
  if grep -q -e '^-Werror' "$1"; then found=yes; fi
  if [ "$found" != "$2" ]; then
    echo "FAILED $1: -Werror among its options: $found, expected $2"
    failures=1
  fi
  grep -q -x -e '-Wall' "$1" || {
    echo "FAILED $1: no -Wall among its options"
    failures=1
  }
}

expect "$1" no
case $3 in
  strict) expect "$2" yes ;;
  plain) expect "$2" no ;;
  *) echo "FAILED: neither strict nor plain: $3"; failures=1 ;;
esac
case $4 in
  clang) locks=yes ;;
  *) locks=no ;;
esac
found=no
if grep -q -x -e '-Wthread-safety' "$2"; then found=yes; fi
if [ "$found" != "$locks" ]; then
  echo "FAILED $2: -Wthread-safety among its options: $found, expected $locks"
  failures=1
fi
exit "$failures"

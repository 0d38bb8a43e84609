#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Clang accepts the source as it is and refuses each of its WRONG_... macros.
# Usage: thread_annotations_test.sh SOURCE
set -u

if ! command -v clang++ > /dev/null; then
  echo "SKIPPED, a gap: clang++ is not installed (./workbook setup --author)"
  exit 0
fi

failures=0

# compiles [OPTION]: whether clang accepts the source.
compiles() {
  clang++ -std=c++20 -fsyntax-only -I. -Wthread-safety -Werror=thread-safety \
    "$@" "$source" > "$TEST_TMPDIR/errors" 2>&1
}

source=$1
if ! compiles; then
  echo "FAILED: clang refuses $source as it is:"
  cat "$TEST_TMPDIR/errors"
  exit 1
fi
mistakes=$(grep -o 'WRONG_[A-Z_]*[A-Z]' "$source" | sort -u)
for mistake in $mistakes; do
  if compiles "-D$mistake"; then
    echo "FAILED: clang accepts $mistake in $source"
    failures=1
  elif ! grep -q -e '-Wthread-safety' "$TEST_TMPDIR/errors"; then
    echo "FAILED: $mistake in $source fails for another reason:"
    cat "$TEST_TMPDIR/errors"
    failures=1
  fi
done
if [ "$(echo "$mistakes" | wc -w)" -lt 5 ]; then
  echo "FAILED: $source has these mistakes alone: $mistakes"
  failures=1
fi
exit "$failures"

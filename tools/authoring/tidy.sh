#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# tidy.sh [--all | FILE...]: clang-tidy by the repository's .clang-tidy; without
# arguments, of the files that differ from the last commit. About ten seconds a
# file, one at a time: a change is checked in a minute, the whole in an hour.
# Exit code: 0 nothing found, 1 something found, 2 it can't run.
set -u

cd "$(dirname "$0")/../.." || exit 2
command -v clang-tidy >/dev/null || {
  echo 'tidy.sh: clang-tidy is missing. Install it: apt-get install clang-tidy' >&2
  exit 2
}

case ${1-} in
  --all) files=$(git ls-files '*.cc') ;;
  '') files=$(git diff --name-only --diff-filter=d HEAD &&
    git ls-files --others --exclude-standard) ;;
  *) files=$(printf '%s\n' "$@") ;;
esac

# Of exercises, what no stub is: a stub is checked as its reference. What tests
# feed on (testdata) and what exercises began with (before) are as they are.
sources=$(printf '%s\n' "$files" | grep -E '\.(cc|h)$' |
  grep -Ev '/(testdata|before)/' |
  grep -E '^(tools|solutions)/|_(test|bench)\.cc$|^exercises/.*/testing/')

[ -n "$sources" ] || echo 'tidy.sh: no source to check'
found=0
for source in $sources; do
  [ -f "$source" ] || {
    echo "tidy.sh: $source: no such file below $PWD" >&2
    exit 2
  }
  said=$(clang-tidy --quiet "$source" -- -x c++ -std=c++20 -I. -Isolutions \
    -isystem /usr/src/googletest/googletest/include 2>/dev/null)
  status=$?
  [ "$status" = 0 ] || {
    printf '%s\n' "${said:-$source: clang-tidy ended with exit code $status}"
    found=1
  }
done
exit "$found"

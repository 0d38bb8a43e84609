#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# lint.sh [FILE...]: shellcheck, codespell, buildifier and the line that names the
# licence, over the files that git tracks, or over those given. verify, the
# pre-commit hook and CI call it.
#
# Prints a line a finding, FILE:LINE: WHAT, and "missing: NAME: WHAT IT CHECKS"
# for a linter that is not installed. Exit code: 0 nothing found, 1 something
# found, 2 it can't run.
set -u

cd "$(dirname "$0")/../.." || exit 2
git rev-parse --git-dir >/dev/null 2>&1 || {
  echo 'lint.sh: this is not a git checkout. Clone the repository, then try again.' >&2
  exit 2
}

listed=$(mktemp) || exit 2
trap 'rm -f "$listed"' EXIT
if [ "$#" -gt 0 ]; then printf '%s\n' "$@"; else git ls-files; fi >"$listed"
found=0

# What tests feed on is as it is.
ours() { grep -E "$1" "$listed" | grep -v '/testdata/'; }

# each NAME WHAT FILES COMMAND...: runs a linter over files, if it is there.
each() {
  name=$1 what=$2 files=$3
  shift 3
  [ -n "$files" ] || return 0
  if ! command -v "$name" >/dev/null 2>&1; then
    echo "missing: $name: $what"
    return 0
  fi
  # No file of ours has white space in its name.
  # shellcheck disable=SC2086
  "$@" $files 2>&1 || found=1
}

# Where `setup --author` puts what only npm has.
PATH=$PATH:$PWD/.workbook/npm/node_modules/.bin

each shellcheck 'shell scripts' \
  "$(ours '\.sh$|^workbook$|^\.ci/run$')" shellcheck --format=gcc
each codespell 'spelling' \
  "$(ours '\.(md|h|cc|sh|py|toml|bzl|bazel|yaml|yml)$|^workbook$')" \
  codespell --quiet-level=2 --dictionary=- \
  --dictionary=tools/authoring/words.txt \
  --ignore-words=tools/authoring/known_words.txt
each buildifier 'the layout of BUILD files' \
  "$(ours '(^|/)(BUILD\.bazel|WORKSPACE|.*\.bzl|.*\.BUILD)$')" \
  buildifier --mode=check --lint=off

# Each source names its licence.
sources=$(ours '\.(cc|h|S|js|mjs|sh|py|bzl|BUILD)$|(^|/)(BUILD\.bazel|WORKSPACE)$|^workbook$|^\.ci/run$')
if [ -n "$sources" ]; then
  # shellcheck disable=SC2086
  unlicensed=$(grep -L 'SPDX-License-Identifier: Apache-2\.0$' $sources)
  if [ -n "$unlicensed" ]; then
    echo "$unlicensed" | sed 's/$/:1: no licence. Begin it with the comment SPDX-License-Identifier: Apache-2.0/'
    found=1
  fi
fi

exit "$found"

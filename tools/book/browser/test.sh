#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# test.sh [pages | learner [FOLDER] | pictures FOLDER]: the book in headless Chromium.
#
#   pages     every page of the static build, and each kind of page as it is
#             served: no error, nothing that axe-core finds serious, nothing wider
#             than a phone, at most 300 kB, no request to another host
#   learner   does tasks of 03_01 in a copy of the course, from the book and an
#             editor alone; with a FOLDER, it leaves README's pictures there
#   pictures  writes a screenshot of each kind of page, at 1280 and 390 pixels
#
# Without a word: pages, then learner, which `verify` runs. Prints a line for each
# finding, and "missing: ..." for what is not installed.
# Exit code: 0 fine, 1 findings, 2 not installed, or a wrong command line.
set -u
cd "$(dirname "$0")/../../.." || exit 2

# need WHAT COMMAND...: what makes the command succeed.
need() {
  missing=$1
  shift
  "$@" >/dev/null 2>&1 && return
  echo "missing: $missing"
  exit 2
}
need 'node, which drives the browser' command -v node
need chromium test -x /usr/bin/chromium
for module in playwright-core axe-core; do
  need "$module, by npm" test -d ".workbook/npm/node_modules/$module"
done
need 'the command, which bazel builds for ./workbook list' test -x .workbook/bin/workbook

here=tools/book/browser
case ${1-} in
  pages | learner | pictures)
    what=$1
    shift
    exec node "$here/$what.mjs" "$@"
    ;;
  '') ;;
  *)
    echo 'test.sh: pages, learner or pictures FOLDER' >&2
    exit 2
    ;;
esac
bazel=${WORKBOOK_BAZEL:-$(command -v bazel || command -v bazelisk || echo bazel)}
need 'bazel that starts, for the checks of a learner' "$bazel" --version
export WORKBOOK_BAZEL="$bazel"
found=0
node "$here/pages.mjs" || found=1
node "$here/learner.mjs" || found=1
exit "$found"

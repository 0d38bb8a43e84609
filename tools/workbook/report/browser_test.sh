#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Opens a report in headless Chromium, without a network, and checks that its
# script came to the end: tables that a screen reader finds, pictures that have
# names, and a screenshot for an author's eyes.
#
#   ./workbook report && tools/workbook/report/browser_test.sh [PAGE] [PNG]
#
# verify does not run it: Chromium is 300 MB (apt-get install chromium).
set -eu
page=${1:-.workbook/report.html}
picture=${2:-/tmp/workbook-report.png}
if ! command -v chromium >/dev/null 2>&1; then
  echo 'browser_test: not checked, chromium is not installed: apt-get install chromium' >&2
  exit 4
fi
[ -r "$page" ] || {
  echo "browser_test: no page $page; ./workbook report writes it" >&2
  exit 2
}
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
url=file://$(realpath "$page")
run() {
  timeout 120 chromium --headless --no-sandbox --disable-gpu \
    --user-data-dir="$profile" --host-resolver-rules='MAP * ~NOTFOUND' \
    --enable-logging=stderr --window-size=1000,1800 "$@" "$url"
}
run --dump-dom >"$profile/dom" 2>"$profile/log"
run --screenshot="$picture" >/dev/null 2>&1
failed=0
expect() {
  if ! grep -q "$1" "$profile/dom"; then
    echo "browser_test: $2" >&2
    failed=1
  fi
}
expect 'data-ready="yes"' 'the script did not come to its end'
expect '<caption>Progress</caption>' 'there is no table of the progress'
expect 'scope="col"' 'columns have no scope for screen readers'
expect 'tabindex="0"' 'wide tables cannot be scrolled by keyboard'
expect 'aria-label="[^"]*log axis"' 'no picture has a name'
if grep -E 'CONSOLE.*(rror|refused|violat)' "$profile/log"; then
  echo 'browser_test: the console has errors, above' >&2
  failed=1
fi
[ "$failed" = 0 ] && echo "browser_test: fine; look at $picture"
exit "$failed"

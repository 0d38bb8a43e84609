#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Opens a report in headless Chromium, without a network, at 1280 and 390
# pixels, light and dark: nothing may be wider than the page or be asked for,
# and four screenshots are left for an author's eyes.
#
#   ./workbook report && tools/workbook/report/browser_test.sh [PAGE] [FOLDER]
#
# verify does not run it: Chromium is 300 MB (apt-get install chromium).
set -eu
page=${1:-.workbook/report.html}
pictures=${2:-/tmp/workbook-report}
if ! command -v chromium >/dev/null 2>&1; then
  echo 'browser_test: not checked, chromium is not installed: apt-get install chromium' >&2
  exit 4
fi
[ -r "$page" ] || {
  echo "browser_test: no page $page; ./workbook report writes it" >&2
  exit 2
}
mkdir -p "$pictures"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# A window cannot be as narrow as a phone, so a frame is. Its page may run no
# script; the one around it measures: a frame of the same origin is open to it.
frame() {
  cat >"$work/frame.html" <<EOF
<!doctype html><style>body { margin: 0 } iframe { border: 0; display: block }</style>
<iframe width="$1" height="$2"></iframe><script>
const frame = document.querySelector("iframe");
frame.onload = () => {
  const page = frame.contentDocument;
  for (const each of page.querySelectorAll("details")) each.open = $3;
  const wide = [...page.querySelectorAll("main *:not(svg *)")].find(
    (each) => each.getBoundingClientRect().right > $1 + 1 && !each.closest(".hidden"));
  document.body.dataset.height = page.documentElement.scrollHeight;
  document.body.dataset.wide = wide ? wide.outerHTML.slice(0, 200).replace(/\\s+/g, " ") : "nothing";
  document.body.dataset.small = [...page.querySelectorAll("main *:not(svg *)")].filter(
    (each) => parseFloat(frame.contentWindow.getComputedStyle(each).fontSize) < 12).length;
};
frame.src = "page.html";
</script>
EOF
}
cp "$page" "$work/page.html"
run() {
  timeout 120 chromium --headless --no-sandbox --disable-gpu --hide-scrollbars \
    --user-data-dir="$work/profile" --host-resolver-rules='MAP * ~NOTFOUND' \
    --allow-file-access-from-files --enable-logging=stderr \
    --virtual-time-budget=5000 "$@" "file://$work/frame.html" 2>>"$work/log"
}
failed=0
complain() {
  echo "browser_test: $1" >&2
  failed=1
}
for width in 1280 390; do
  frame "$width" 2400 true
  run --dump-dom >"$work/dom"
  grep -q 'data-wide="nothing"' "$work/dom" ||
    complain "at $width pixels this is wider than the page: $(sed -n 's/.*data-wide="\([^"]*\)".*/\1/p' "$work/dom")"
  grep -q 'data-small="0"' "$work/dom" || complain "at $width pixels some text is below 12 pixels"
  frame "$width" 100 false
  run --dump-dom >"$work/dom"
  echo "$width pixels wide: $(sed -n 's/.*data-height="\([0-9]*\)".*/\1/p' "$work/dom") tall, folded"
  frame "$width" 2400 false
  # 0 is dark, 1 is light.
  for scheme in 0-dark 1-light; do
    run --blink-settings=preferredColorScheme="${scheme%%-*}" --window-size="1280,2400" \
      --screenshot="$pictures/$width-${scheme#*-}.png" >/dev/null
  done
done
for part in '<html lang="en">' 'scope=col' 'scope=row'; do
  grep -q "$part" "$page" || complain "the page lacks $part"
done
if grep '<svg role' "$page" | grep -qv '<svg role="img" aria-label="[^"]'; then
  complain 'a picture has no name'
fi
if grep -E 'CONSOLE.*(rror|refused|violat)' "$work/log"; then
  complain 'the console has errors, above'
fi
[ "$failed" = 0 ] && echo "browser_test: fine; look at $pictures"
exit "$failed"

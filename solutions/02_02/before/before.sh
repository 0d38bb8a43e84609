#!/usr/bin/env bash
# before.sh compare|write SOURCE...: the stubs of the scenarios, in the namespace
# workbook::before, against or into exercises/02_02/before.
set -euo pipefail

mode=$1
shift
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
different=0

for source in "$@"; do
  tools/authoring/make_stub "solutions/02_02/$source" "$made/stub"
  sed -e 's|"02_02/|"exercises/02_02/before/|' \
    -e 's|WORKBOOK_02_02_|WORKBOOK_EXERCISES_02_02_BEFORE_|' \
    -e 's|^namespace workbook {|namespace workbook::before {|' \
    -e 's|^}  // namespace workbook$|}  // namespace workbook::before|' \
    "$made/stub" >"$made/$source"
  kept="exercises/02_02/before/$source"
  if [[ $mode == write ]]; then
    cp "$made/$source" "$BUILD_WORKSPACE_DIRECTORY/$kept"
  elif ! diff -u "$kept" "$made/$source"; then
    different=1
  fi
done

if ((different)); then
  echo "exercises/02_02/before is not what the stubs say. Mend: bazel run //solutions/02_02/before:write"
fi
exit "$different"

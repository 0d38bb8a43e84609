#!/usr/bin/env bash
# before.sh compare|write NN_MM SOURCE...: the stubs of an "improve" exercise, in
# the namespace workbook::before, against or into exercises/NN_MM/before.
set -euo pipefail

mode=$1
id=$2
shift 2
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
different=0

for source in "$@"; do
  tools/authoring/make_stub "solutions/$id/$source" "$made/stub"
  sed -e "s|\"$id/|\"exercises/$id/before/|" \
    -e "s|WORKBOOK_${id}_|WORKBOOK_EXERCISES_${id}_BEFORE_|" \
    -e 's|^namespace workbook {|namespace workbook::before {|' \
    -e 's|^}  // namespace workbook$|}  // namespace workbook::before|' \
    "$made/stub" >"$made/$source"
  kept="exercises/$id/before/$source"
  if [[ $mode == write ]]; then
    cp "$made/$source" "$BUILD_WORKSPACE_DIRECTORY/$kept"
  elif ! diff -u "$kept" "$made/$source"; then
    different=1
  fi
done

if ((different)); then
  echo "exercises/$id/before is not what the stubs say. Mend: bazel run //solutions/$id/before:write"
fi
exit "$different"

#!/bin/sh
# Records what the real Bazel leaves behind for the sample course, for
# tools/workbook's tests. Run it from the root of the checkout after a change to
# testdata/course, or for another Bazel; then look at git diff.
set -eu
recorded=$PWD/tools/workbook/testdata/recorded
work=$(mktemp -d)
trap 'rm -rf "$work" exercises/09_01 exercises/09_02' EXIT

for id in 09_01 09_02; do
  cp -r "tools/workbook/testdata/course/exercises/$id" exercises/
  cat >"exercises/$id/BUILD.bazel" <<'BUILD'
load("//tools/build:exercise.bzl", "exercise")
load(":components.bzl", "COMPONENTS")

exercise(COMPONENTS, bench = False)
BUILD
  tests=$(sed -n 's/^test = "\(.*\)"$/\/\/exercises\/'$id':\1/p' "exercises/$id/exercise.toml")
  # shellcheck disable=SC2086 # a label a word
  bazel test --keep_going --test_output=summary --test_summary=none \
    --noshow_progress --test_timeout=5 \
    --build_event_json_file="$work/events.json" $tests || true

  rm -rf "${recorded:?}/$id"
  mkdir -p "$recorded/$id/logs" "$recorded/$id/actions"
  base=$(bazel info output_base)
  testlogs=$(bazel info bazel-testlogs)
  for report in "$testlogs/exercises/$id"/*_test; do
    mkdir "$recorded/$id/logs/${report##*/}"
    cp "$report/test.log" "$report/test.xml" "$recorded/$id/logs/${report##*/}/"
  done
  # Only what ParseBuildEvents reads; paths of this machine become @RECORDED@.
  grep -E '^\{"id":\{"(targetCompleted|actionCompleted|testResult|buildFinished)"' \
    "$work/events.json" |
    sed -e 's/"commandLine":\[[^]]*\],//' \
      -e 's/"failureDetail":{[^}]*{[^}]*}}/"failureDetail":{}/g' \
      -e "s|file://$testlogs/exercises/$id/|file://@RECORDED@/$id/logs/|g" \
      -e "s|file://[^\"]*/_tmp/actions/|file://@RECORDED@/$id/actions/|g" \
      -e "s|$base|/base|g" >"$recorded/$id/events.json"
  grep -o "$id/actions/stderr-[0-9]*" "$recorded/$id/events.json" | while read -r name; do
    cp "$base/execroot/memory_workbook/bazel-out/_tmp/actions/${name##*/}" \
      "$recorded/$id/actions/"
  done
  chmod -R u+w "$recorded"
done

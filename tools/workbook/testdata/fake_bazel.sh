#!/bin/sh
# Stands in for Bazel: replays testdata/recorded (RECORDED is that folder).
# Red tests once more (--cache_test_results=auto) are those of NN_MM-again, where
# there is that folder. FAKE_BAZEL=gives_up behaves like one that cannot load the WORKSPACE,
# FAKE_BAZEL=does_not_compile like one whose compiler found an error.
events=
id=
again=
for argument in "$@"; do
  case $argument in
    --build_event_json_file=*) events=${argument#*=} ;;
    --cache_test_results=auto) again=-again ;;
    --per_file_copt=*) lines=yes ;;
    //exercises/*:*)
      id=${argument#//exercises/}
      target=${id#*:}
      id=${id%%:*}
      ;;
    //tools/workbook/instructor:*) id=instructor ;;
  esac
done
if [ "${FAKE_BAZEL-}" = gives_up ]; then
  echo 'ERROR: error loading package: sqlite3 is not installed' >&2
  exit 1
fi
if [ "${FAKE_BAZEL-}" = does_not_compile ]; then
  echo 'ERROR: tools/grade/BUILD.bazel:5:11: Compiling tools/grade/plan.cc failed' >&2
  echo '{"id":{"targetCompleted":{"label":"//tools/workbook/instructor:instructor"}},"completed":{}}' >"$events"
  exit 1
fi
[ "${target-}" = bench ] && id=bench
case ${target-} in *_case) id=case ;; esac
[ "${lines-}" = yes ] && id=asm
[ -d "$RECORDED/$id$again" ] && id=$id$again
sed "s|@RECORDED@|$RECORDED|g" "$RECORDED/$id/events.json" >"$events"

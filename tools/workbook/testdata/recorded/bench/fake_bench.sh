#!/bin/sh
# Stands in for a benchmark program: the same figures each time. FAKE_BENCH is
# how it goes wrong: crashes, silent, unoptimized or no_row.
for argument in "$@"; do
  case $argument in
    --benchmark_out=*) out=${argument#*=} ;;
    --pass=slices) slices=yes ;;
  esac
done
if [ "${slices-}" = yes ]; then
  printf 'row %s\n' red/batch/baseline:new/delete red/batch/yours:Pool \
    unwritten/batch/baseline:new/delete unwritten/batch/yours:Pool
  echo ready
  while read -r row; do
    case $row in
      */baseline:*) echo 'time 20' ;;
      unwritten/*) echo 'error 09_01 task 3: Unwritten is yours to write' ;;
      *) echo 'time 2.5' ;;
    esac
  done
  exit 0
fi
build=optimized
case ${FAKE_BENCH-} in
  crashes) kill -SEGV $$ ;;
  silent) exit 0 ;;
  unoptimized) build=unoptimized ;;
  no_row)
    echo 'bench: no row has such a name' >&2
    exit 2
    ;;
esac
cat >"$out" <<JSON
{"context": {"workbook_schema": "1", "workbook_build": "$build"}, "benchmarks": [
{"name": "red/batch/baseline:new/delete", "ns_per_op": 20.0, "bytes_per_op": 64.0, "allocs_per_op": 1.0, "peak_bytes": 4096.0},
{"name": "red/batch/yours:Pool", "ns_per_op": 2.5, "bytes_per_op": 0.0, "allocs_per_op": 0.0, "peak_bytes": 8192.0},
{"name": "red/batch/peer:mimalloc", "label": "gap", "error_occurred": true, "error_message": "not installed: apt-get install libmimalloc2.0"},
{"name": "unwritten/batch/baseline:new/delete", "ns_per_op": 20.0},
{"name": "unwritten/batch/yours:Pool", "label": "not_written", "error_occurred": true, "error_message": "09_01 task 3: Unwritten is yours to write"}
]}
JSON

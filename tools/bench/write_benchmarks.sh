#!/bin/sh
# Writes BENCHMARKS.md: the reference of each exercise against its baseline and
# the peers, measured now, one exercise after the other.
#
#   tools/bench/write_benchmarks.sh [--out FILE] [NN_MM ...]     default: all
#
# FILE, from the repository's root, instead of BENCHMARKS.md: a page's figures.
# The old file stays until every benchmark has run to its end.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
bazel=${WORKBOOK_BAZEL:-bazel}

out=BENCHMARKS.md
if [ "${1-}" = --out ]; then
  out=${2:?write_benchmarks: --out needs a file}
  shift 2
fi
if [ $# -eq 0 ]; then
  for folder in solutions/*/; do
    id=${folder#solutions/}
    set -- "$@" "${id%/}"
  done
fi
for id in "$@"; do
  if [ ! -d "solutions/$id" ]; then
    echo "write_benchmarks: no folder solutions/$id; ./workbook list shows the ids" >&2
    exit 2
  fi
done

new=$out.new
trap 'rm -f "$new"' EXIT

processor=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
{
  echo '# Benchmarks'
  echo
  echo "Written by \`tools/bench/write_benchmarks.sh\` on $(date -u +%Y-%m-%d), at $(git rev-parse --short HEAD)."
  echo "Processor: ${processor:-unknown}. Kernel: $(uname -r | cut -d- -f1)."
  echo
  echo 'A ratio holds within one case; a figure in nanoseconds is this machine on this day. Where a peer is ahead of the'
  echo "reference, the exercise's NOTES.md says why."
} >"$new"

for id in "$@"; do
  "$bazel" build -c opt "//solutions/$id:bench" || exit 1
  program=$("$bazel" info -c opt bazel-bin)/solutions/$id/bench
  echo "write_benchmarks: measuring $id" >&2
  {
    echo
    title=$(sed -n 's/^title = "\(.*\)"/\1/p' "exercises/$id/exercise.toml" | head -n 1)
    echo "## $id $title"
    echo
    echo '```'
    "$program" || exit 1
    echo '```'
  } >>"$new"
done
mv "$new" "$out"
echo "write_benchmarks: $out is written" >&2

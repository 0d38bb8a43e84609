#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# record_elision.sh [FILE]: builds the snippets with g++ and clang++, with -O0
# and -O2, runs them, and writes a table of their allocations to FILE, or prints
# it. A compiler that is missing is named, and the others go on. Run it at the
# root of the checkout.
set -eu

out=${1:-}
here=exercises/02_01/given
[ -f "$here/snippets.cc" ] || {
  echo "record_elision.sh: $here is not here. Fix: run it at the root of the checkout." >&2
  exit 2
}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

columns=0
head='| snippet |'
line='|---|'
for compiler in g++ clang++; do
  if ! command -v "$compiler" >/dev/null; then
    echo "$compiler is not installed, so it has no column. Fix: sudo apt-get install $compiler" >&2
    continue
  fi
  for level in -O0 -O2; do
    # The probe is built as Bazel builds it; the level is the snippets'.
    "$compiler" -std=c++20 -I. "$level" -c "$here/snippets.cc" -o "$scratch/snippets.o"
    "$compiler" -std=c++20 -I. -O2 -fno-builtin-malloc "$here/elision_main.cc" \
      "$scratch/snippets.o" tools/probe/probe.cc tools/probe/block_table.cc \
      tools/probe/replaced_malloc.cc tools/probe/replaced_new.cc -ldl -pthread \
      -o "$scratch/run"
    columns=$((columns + 1))
    "$scratch/run" >"$scratch/column.$columns"
    head="$head $compiler $("$compiler" -dumpversion | cut -d. -f1) $level |"
    line="$line---:|"
  done
done
[ "$columns" -gt 0 ] || {
  echo 'record_elision.sh: no compiler is installed. Fix: sudo apt-get install g++' >&2
  exit 1
}

table() {
  echo '# 02_01 Where objects live: what each snippet allocates'
  echo
  echo "Written by \`$here/record_elision.sh FILE\` on $(date +%Y-%m-%d); never edited by hand."
  echo
  echo '## Allocations by compiler and level'
  echo
  echo "$head"
  echo "$line"
  while read -r name allocations _; do
    row="| \`$name\` | $allocations"
    for column in $(seq 2 "$columns"); do
      row="$row | $(awk -v name="$name" '$1 == name { print $2 }' "$scratch/column.$column")"
    done
    echo "$row |"
  done <"$scratch/column.1"
}
if [ -n "$out" ]; then
  table >"$scratch/table"
  cp "$scratch/table" "$out"
  echo "Written: $out"
else
  table
fi

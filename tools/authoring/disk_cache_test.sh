#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# disk_cache.sh with compilers, packages and disks that are made up.
# Usage: disk_cache_test.sh PATH_OF_THE_SCRIPT
# shellcheck disable=SC2317 # expect calls what looks unreachable
set -u

script=$(readlink -f "$1")
scratch=$(mktemp -d "${TEST_TMPDIR:-/tmp}/disk_cache.XXXXXX")
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
failures=0

# stub NAME TEXT: a program that prints TEXT.
stub() {
  printf '#!/bin/sh\ncat <<END\n%s\nEND\n' "$2" >"$bin/$1"
  chmod +x "$bin/$1"
}

# new_machine NAME: gcc 12.2, clang 14, two packages, an empty home.
new_machine() {
  name=$1
  home=$scratch/$1
  bin=$home/bin
  mkdir -p "$bin" "$home/checkout/tools/authoring"
  cp "$script" "$home/checkout/tools/authoring/"
  for tool in sh cat dirname mkdir rm grep df awk find sort cut sha256sum xargs; do
    ln -s "$(command -v "$tool")" "$bin/$tool"
  done
  stub g++ 'g++ (Debian 12.2.0-14) 12.2.0'
  stub gcc 'gcc (Debian 12.2.0-14) 12.2.0'
  stub clang++ 'Debian clang version 14.0.6'
  stub dpkg-query 'libfmt-dev 9.1.0 ii
zlib1g-dev 1.2.13 ii'
}

# run [NAME=VALUE ...] -- ARGUMENTS; sets code, output, errors.
run() {
  settings=
  while [ "$1" != -- ]; do
    settings="$settings $1"
    shift
  done
  shift
  # shellcheck disable=SC2086 # settings are words
  output=$(env -i PATH="$bin" HOME="$home" $settings \
    "$home/checkout/tools/authoring/$(basename "$script")" "$@" 2>"$home/stderr")
  code=$?
  errors=$(cat "$home/stderr")
}

# expect WHAT CONDITION...: CONDITION is a command.
expect() {
  what=$1
  shift
  "$@" || {
    echo "FAILED $name: $what"
    echo "  exit code $code; stdout: $output; stderr: $errors"
    failures=$((failures + 1))
  }
}

says() { case $errors in *"$1"*) true ;; *) false ;; esac; }
differs() { [ "$1" != "$2" ]; }

# --- the folder ------------------------------------------------------------------

new_machine plain
run -- folder
first=$output
expect 'ends well' [ "$code" = 0 ]
expect 'without a word' [ -z "$errors" ]
expect 'lies in the cache folder of the home' \
  [ "${first%/*}" = "$home/.cache/memory-workbook/bazel" ]
expect 'is made' [ -d "$first/ac" ]
expect 'has no file in it' [ -z "$(find "$first" -type f)" ]
run -- folder
expect 'is the same again' [ "$output" = "$first" ]
run XDG_CACHE_HOME="$home/xdg" -- folder
expect 'follows XDG_CACHE_HOME' \
  [ "$output" = "$home/xdg/memory-workbook/bazel/${first##*/}" ]

# Each is another folder, so that nothing is found that was made before it.
stub g++ 'g++ (Debian 12.3.0-1) 12.3.0'
run -- folder
expect 'another g++ misses' differs "$output" "$first"
new_machine clang
stub clang++ 'Debian clang version 16.0.6'
run -- folder
expect 'another clang misses' differs "${output##*/}" "${first##*/}"
new_machine header
stub dpkg-query 'libfmt-dev 9.1.1 ii
zlib1g-dev 1.2.13 ii'
run -- folder
expect 'another version of a header misses' differs "${output##*/}" "${first##*/}"
new_machine same
run -- folder
expect 'the same machine hits' [ "${output##*/}" = "${first##*/}" ]
rm "$bin/clang++"
run -- folder
expect 'no clang is a key, too' differs "${output##*/}" "${first##*/}"

# --- no cache ----------------------------------------------------------------------

# expect_none WHY: it only says so and goes on.
expect_none() {
  expect 'goes on' [ "$code" = 0 ]
  expect 'names no folder' [ -z "$output" ]
  expect "says $1" says "$1"
  expect 'says the fix' says 'Fix: '
}

new_machine off
run WORKBOOK_DISK_CACHE_GIB=0 -- folder
expect 'can be switched off' [ -z "$output$errors" ]
expect 'and then makes nothing' [ ! -e "$home/.cache" ]
echo 'build --disk_cache=/elsewhere' >"$home/checkout/.bazelrc.user"
run -- folder
expect "leaves the place to the user's own" [ -z "$output$errors" ]
echo '# build --disk_cache=/elsewhere' >"$home/checkout/.bazelrc.user"
run -- folder
expect 'a comment is no choice' [ -n "$output" ]
run WORKBOOK_DISK_CACHE_GIB=many -- folder
expect 'a bound that is no number is told' says 'no whole number of GiB: many'
expect 'and the usual one is taken' [ -n "$output" ]

new_machine without_dpkg
rm "$bin/dpkg-query"
run -- folder
expect_none 'a changed header would go unseen'

new_machine homeless
home_was=$home
home=
output=$(env -i PATH="$bin" "$home_was/checkout/tools/authoring/$(basename "$script")" \
  folder 2>"$home_was/stderr")
code=$?
errors=$(cat "$home_was/stderr")
home=$home_was
expect_none 'neither XDG_CACHE_HOME nor HOME is set'

new_machine a_file_in_the_way
: >"$home/.cache"
run -- folder
expect_none 'cannot be made'

new_machine broken
run -- folder
rmdir "$output/cas"
: >"$output/cas"
run -- folder
expect_none 'cannot be made'

# Root may write everywhere; a device that is full is the same to everyone.
new_machine unwritable
run -- folder
rmdir "$output/cas"
ln -s /proc/self "$output/cas"
run -- folder
expect_none 'cannot be written to'

new_machine full
rm "$bin/df"
stub df 'Filesystem 1024-blocks Used Available Capacity Mounted on
/dev/disk 1000000 999999 1 100% /'
run -- folder
expect_none 'less than 1 GiB is free'

run -- what
expect 'a wrong command line is one' [ "$code" = 2 ]

# --- pruning -----------------------------------------------------------------------

# file NAME DAYS: a sparse file of 400 MiB, last used that many days ago.
file() {
  mkdir -p "$(dirname "$home/.cache/memory-workbook/bazel/$1")"
  truncate -s 400M "$home/.cache/memory-workbook/bazel/$1"
  touch -d "$2 days ago" "$home/.cache/memory-workbook/bazel/$1"
}

has() { [ -e "$home/.cache/memory-workbook/bazel/$1" ]; }
lacks() { ! has "$1"; }

new_machine prune
file 'old key/cas/aa/1' 9
file 'old key/cas/aa/2' 5
file new/cas/bb/3 7
file new/cas/bb/4 1
touch -a -d '2 days ago' "$home/.cache/memory-workbook/bazel/new/cas/bb/3"
run WORKBOOK_DISK_CACHE_GIB=1 -- prune
expect 'ends well' [ "$code" = 0 ]
expect 'removes the oldest' lacks 'old key/cas/aa/1'
expect 'as many as are too many' lacks 'old key/cas/aa/2'
expect 'keeps what was read lately' has new/cas/bb/3
expect 'keeps the newest' has new/cas/bb/4
run WORKBOOK_DISK_CACHE_GIB=1 -- prune
expect 'keeps what fits' has new/cas/bb/3
run WORKBOOK_DISK_CACHE_GIB=0 -- prune
expect 'removes nothing where it is switched off' has new/cas/bb/3

new_machine nothing_to_prune
run -- prune
expect 'no cache is no fault' [ "$code$errors" = 0 ]

[ "$failures" = 0 ] && echo 'all passed'
exit "$((failures > 0))"

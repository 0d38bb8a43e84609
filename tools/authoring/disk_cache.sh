#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# disk_cache.sh folder | prune: the disk cache that `./workbook verify` gives to
# Bazel, so that a new clone need not compile what another one did.
#
#   folder  prints the folder for --disk_cache and makes it. Prints nothing where
#           there is to be none; a line on stderr says why, if that is a fault.
#   prune   removes the files that were unused for longest, until the bound holds.
#
# It is $XDG_CACHE_HOME/memory-workbook/bazel/KEY, or ~/.cache/... Bazel's own keys
# know neither the system's headers nor its compilers, so KEY is made of the
# versions of both: another version is another folder, and the old one ages away.
#
# Environment: WORKBOOK_DISK_CACHE_GIB is the bound, 6 by default; 0 means no
# cache. A --disk_cache or --remote_cache in .bazelrc.user means none, too.
# Exit code: 0, whatever is wrong with the cache; 2 for a wrong command line.
set -u

root=$(cd "$(dirname "$0")/../.." && pwd -P) || exit 2
cache=${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}
all=${cache:+$cache/memory-workbook/bazel}
default_gib=6
min_free_kib=1048576

# no_cache WHY FIX: ends without a cache.
no_cache() {
  echo "no disk cache: $1. Fix: $2" >&2
  exit 0
}

# Sets gib.
read_bound() {
  gib=${WORKBOOK_DISK_CACHE_GIB:-$default_gib}
  case $gib in
    *[!0-9]* | ???????*)
      echo "WORKBOOK_DISK_CACHE_GIB is no whole number of GiB: $gib;" \
        "$default_gib is taken. Fix: export WORKBOOK_DISK_CACHE_GIB=$default_gib" >&2
      gib=$default_gib
      ;;
  esac
  [ "$gib" -gt 0 ] || exit 0
}

# Whether the user has chosen a cache of his own.
has_own_cache() {
  grep -Eqs '^[^#]*--(disk|remote)_cache' "$root/.bazelrc.user"
}

# What decides the bytes that a compiler makes, and that Bazel does not look at.
versions() {
  for compiler in gcc g++ clang clang++; do
    echo "$compiler"
    "$compiler" --version 2>/dev/null
  done
  # Each header belongs to a -dev package, or to a compiler's; tests start the
  # others.
  dpkg-query -W -f '${binary:Package} ${Version} ${db:Status-Abbrev}\n' \
    '*-dev' 'gcc*' 'g++*' 'clang*' 'libclang*' 'binutils*' 'lld*' \
    git gdb valgrind bubblewrap similarity-tester zsh fish python3 2>/dev/null
  find /usr/local/include -type f -printf '%p %s %T@\n' 2>/dev/null | sort
}

print_folder() {
  read_bound
  ! has_own_cache || exit 0
  [ -n "$all" ] || no_cache 'neither XDG_CACHE_HOME nor HOME is set' \
    'export XDG_CACHE_HOME=FOLDER'
  command -v dpkg-query >/dev/null 2>&1 ||
    no_cache 'without dpkg-query a changed header would go unseen' \
      'put build --disk_cache=FOLDER into .bazelrc.user, and empty it after each upgrade'
  key=$(versions | sha256sum 2>/dev/null | cut -c 1-16)
  [ -n "$key" ] || no_cache 'sha256sum is missing' 'apt-get install coreutils'
  folder=$all/$key
  check_folder
  echo "$folder"
}

# Bazel gives up where it cannot use the folder; here it goes on without.
check_folder() {
  mkdir -p "$folder/ac" "$folder/cas" 2>/dev/null ||
    no_cache "$folder cannot be made" \
      'ls -ld shows whose it is; or export XDG_CACHE_HOME=FOLDER'
  for part in "$folder/ac" "$folder/cas"; do
    if ! (echo probe >"$part/probe.$$") 2>/dev/null; then
      rm -f "$part/probe.$$"
      no_cache "$part cannot be written to" \
        'df -h and ls -ld show why; or export XDG_CACHE_HOME=FOLDER'
    fi
    rm -f "$part/probe.$$"
  done
  free=$(df -Pk "$folder" 2>/dev/null | awk 'NR == 2 { print $4 }')
  [ "${free:-0}" -ge "$min_free_kib" ] ||
    no_cache "less than 1 GiB is free for $folder" \
      'make room; or export XDG_CACHE_HOME=FOLDER'
}

# Of all keys together. A file's age is that of its last use, as far as the disk
# notes it. An entry whose file is gone is no hit, so any file may go.
prune() {
  read_bound
  [ -n "$all" ] && [ -d "$all" ] || exit 0
  find "$all" -type f -printf '%T@ %A@ %s %p\n' 2>/dev/null |
    awk '{ used = $1 > $2 ? $1 : $2; size = $3; sub(/^[^ ]* [^ ]* [^ ]* /, "");
           printf "%.3f %d %s\n", used, size, $0 }' |
    sort -rn |
    awk -v bound="$gib" 'BEGIN { left = bound * 1024 * 1024 * 1024 }
      { left -= $2; if (left < 0) { sub(/^[^ ]* [^ ]* /, ""); print } }' |
    xargs -r -d '\n' rm -f --
  # A folder of today may be another run's, about to be written to.
  find "$all" -mindepth 1 -type d -empty -mtime +0 -delete 2>/dev/null
  exit 0
}

case ${1-} in
  folder) print_folder ;;
  prune) prune ;;
  *)
    echo 'usage: disk_cache.sh folder | prune' >&2
    exit 2
    ;;
esac

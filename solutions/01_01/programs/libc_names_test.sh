#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Every name by which the libc of this machine hands out or takes blocks is
# exported by the preload library, or stands below with the reason why not: a
# block of glibc's malloc that reaches our free ends the process.
set -u
preload=$PWD/$1
libc=$(${CC:-gcc} -print-file-name=libc.so.6)
failed=0

# Defined dynamic symbols, each once, without its version.
names_of() {
  nm -D --defined-only "$1" | awk '{ sub(/@.*/, "", $3); print $3 }' | sort -u
}

names_of "$preload" >"$TEST_TMPDIR/ours"
names_of "$libc" | grep -Ei 'mall[iow]|alloc|memalign|free' >"$TEST_TMPDIR/libc"
[ "$(wc -l <"$TEST_TMPDIR/libc")" -ge 20 ] || {
  echo "FAILED: nm -D $libc names no malloc: is it the libc, and is nm installed?"
  exit 1
}

# Nothing of malloc's family is missing, whatever this libc has.
for name in malloc free calloc realloc reallocarray memalign aligned_alloc \
  posix_memalign valloc pvalloc malloc_usable_size cfree free_sized \
  free_aligned_sized __libc_malloc __libc_free __libc_calloc __libc_realloc \
  __libc_reallocarray __libc_memalign __libc_valloc __libc_pvalloc \
  __posix_memalign; do
  grep -qx "$name" "$TEST_TMPDIR/ours" || {
    echo "FAILED: the preload library does not export $name: tools/preload/exports.lds"
    failed=1
  }
done

reason_of() {
  case $1 in
    __*_hook | mallwatch | *_failed_handler) echo 'a variable: it hands out no block' ;;
    malloc_info | malloc_stats | malloc_trim | mallinfo | mallinfo2 | mallopt | \
      __libc_mallinfo | __libc_mallopt)
      echo "tells of glibc's heap or tunes it, and hands out no block"
      ;;
    memalignment) echo 'tells how a pointer is aligned, of C23: no block' ;;
    __malloc_*_state | malloc_*_state) echo 'for old dumps: hands out no block' ;;
    *fallocate* | pkey_* | __libc_allocate_rtsig* | *alloca_cutoff) echo 'no memory of a heap' ;;
    __sched_cpualloc | __sched_cpufree | *obstack* | *doalloc* | *allocbuf | \
      _IO_free_*backup_area | __libc_alloc_buffer_* | __libc_allocate_once* | \
      *scratch_buffer* | __libc_dynarray_* | __libc_freeres | inet6_option_alloc | \
      xdr_free | *freelocale | freeaddrinfo | freeifaddrs | *if_freenameindex | \
      globfree* | regfree | wordfree | *freebuf*)
      echo 'calls malloc and free by their names, so it comes to ours'
      ;;
  esac
}

while read -r name; do
  grep -qx "$name" "$TEST_TMPDIR/ours" && continue
  [ -n "$(reason_of "$name")" ] && continue
  echo "FAILED: libc has $name, and the preload library has not: export it in" \
    "tools/preload/malloc_exports.cc, or give the reason in libc_names_test.sh"
  failed=1
done <"$TEST_TMPDIR/libc"

[ $failed = 0 ] && echo "$(wc -l <"$TEST_TMPDIR/libc") names of $libc"
exit $failed

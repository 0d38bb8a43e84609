#!/bin/sh
# Records what gcc's sanitizers and gcc itself say of the faults in
# testdata/faults, for tools/workbook's tests. Run it from anywhere after a
# change to the faults, or for another gcc; then look at git diff.
set -eu
testdata=$(cd "$(dirname "$0")" && pwd)
compiler=${CXX:-g++}
export LC_ALL=C
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$testdata/faults"

# Addresses, pids and the dump of shadow memory differ in each run and say
# nothing to anybody who reads the test.
steady() {
  sed -e '/^Shadow bytes around/,/^==[0-9]*==ABORTING/{/^Shadow bytes\|^==/!d}' \
    -e 's/==[0-9][0-9]*==/==1==/' -e 's/pid=[0-9]*/pid=1/; s/tid=[0-9]*/tid=1/' \
    -e 's/ (BuildId: [0-9a-f]*)//' -e "s|($work/|(|"
}

# $1: the log's name, $2: the sanitizers, $3: the fault.
sanitizer() {
  "$compiler" -std=c++20 -g -O1 -fno-omit-frame-pointer -fno-inline -w -I. \
    -fsanitize="$2" -fno-sanitize-recover=undefined "-DFAULT=$3" \
    exercises/09_01/crashing_test.cc -o "$work/$1" -pthread
  # TSan of gcc 12 does not start where addresses are random in 32 bits.
  UBSAN_OPTIONS=print_stacktrace=1 setarch -R "$work/$1" 2>&1 |
    steady >"$testdata/sanitizers/$1.log" || true
}

# $1: the file's name, of exercises/09_01/$1_test.cc.
compiler() {
  "$compiler" -std=c++20 -Wall -Wextra -iquote . "exercises/09_01/$1_test.cc" \
    -o "$work/$1" 2>"$work/said" || true
  sed "s|/tmp/cc[A-Za-z0-9]*\.o|bazel-out/bin/$1_test.pic.o|" "$work/said" \
    >"$testdata/compiler/$1.txt"
}

rm -rf "$testdata/sanitizers" "$testdata/compiler"
mkdir "$testdata/sanitizers" "$testdata/compiler"
sanitizer use_after_free address,undefined 'UseAfterFree()'
sanitizer heap_overflow address,undefined 'Overflow()'
sanitizer double_free address,undefined 'FreeTwice()'
sanitizer mismatched_free address,undefined 'FreeByAnotherFamily()'
sanitizer stack_overflow address,undefined 'OverflowLocal()'
sanitizer leak address,undefined 'Leak()'
sanitizer shift address,undefined 'Shift(bytes[0] + 40)'
sanitizer misaligned address,undefined 'MisalignedRead(bytes)'
sanitizer race thread 'Race()'
compiler template
compiler notes
compiler test_calls
compiler undefined

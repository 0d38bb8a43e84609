#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The launcher in made-up machines: PATH holds nothing but stub programs and the
# few tools of the system that it may use. No package is installed, nothing is
# built, no network is touched. Usage: launcher_test.sh PATH_OF_LAUNCHER
set -u

launcher=$(readlink -f "$1")
scratch=$(mktemp -d "${TEST_TMPDIR:-/tmp}/launcher.XXXXXX")
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
failures=0

# --- a made-up machine ---------------------------------------------------------

# stub NAME: a program of the machine; its text comes from stdin. In place of a
# link to the system's program it must be a new file: writing through the link
# would replace the program of the real machine, so noclobber forbids it, too.
stub() {
  rm -f "$machine/bin/$1"
  (
    set -C
    # The %s of the script that is written, unexpanded.
    # shellcheck disable=SC2016
    { printf '#!/bin/sh\nmachine=${0%%/bin/*}\n'; cat; } >"$machine/bin/$1"
  ) && chmod +x "$machine/bin/$1"
}

# use_machine NAME: what follows is tried in this one.
use_machine() {
  name=$1
  machine=$scratch/$name
  checkout=$machine/checkout
}

# copy_machine FROM NAME: another like it. Most tests begin so: making one up takes a
# hundred times as long.
copy_machine() {
  use_machine "$2"
  cp -a "$scratch/$1" "$machine"
}

# A checkout and a bare system without any package.
make_up_machine() {
  use_machine "$1"
  mkdir -p "$machine/bin" "$machine/system/usr/include" "$checkout/exercises"
  mkdir "$checkout/third_party"
  for folder in workbook authoring course process release text build bazel_client; do
    mkdir -p "$checkout/tools/$folder"
  done
  echo 'the help' >"$checkout/tools/workbook/help.txt"
  : >"$checkout/tools/workbook/main.cc"
  : >"$checkout/WORKSPACE"
  : >"$checkout/MODULE.bazel"
  : >"$checkout/tools/bazel"
  echo 7.7.1 >"$checkout/.bazelversion"
  : >"$checkout/.bazelrc"
  cp "$launcher" "$checkout/workbook"
  chmod +x "$checkout/workbook"
  for tool in sh cat cp mv rm mkdir touch find grep sed tr tail head df awk env \
    readlink sleep sort flock dirname sync chmod ls date; do
    ln -s "$(command -v "$tool")" "$machine/bin/$tool"
  done
  stub id <<'STUB'
echo "${FAKE_UID:-0}"
STUB
}

# add_header NAME...: files of the made-up system.
add_headers() {
  for header; do
    case $header in */*) mkdir -p "$machine/system/usr/include/${header%/*}" ;; esac
    : >"$machine/system/usr/include/$header"
  done
}

# Installs, as apt-get would: files that the launcher looks for.
install_everything() {
  mkdir -p "$machine/system/usr/share/bazel/rules/java" \
    "$machine/system/usr/share/bazel/rules/proto" \
    "$machine/system/usr/src/googletest/googletest"
  add_headers benchmark/benchmark.h CLI/CLI.hpp fmt/core.h toml++/toml.h \
    nlohmann/json.hpp pugixml.hpp sqlite3.h httplib.h zlib.h cmark-gfm.h \
    cmark-gfm-core-extensions.h kainjow/mustache.hpp
  stub g++ <<'STUB'
echo "${FAKE_GCC:-12}"
STUB
  for tool in git valgrind; do echo : | stub "$tool"; done
  install_bazel
}

# What only authors and instructors need.
install_graders() {
  add_headers archive.h nettle/sha2.h
  for tool in patch bwrap sim_c++; do echo : | stub "$tool"; done
}

# Counts its calls, and builds a command that prints its arguments.
install_bazel() {
  stub bazel <<'STUB'
echo "bazel $*" >>"$machine/calls"
if [ "$1" = --nohome_rc ]; then shift; fi
case $1 in
  --version) echo "bazel ${FAKE_BAZEL_VERSION:-no_version}" ;;
  build)
    echo "${USER-}" >"$machine/user"
    if [ -n "${FAKE_WAIT-}" ]; then
      while [ ! -e "$machine/go" ]; do sleep 0.05; done
    fi
    if [ -n "${FAKE_BUILD_ERROR-}" ]; then
      echo "$FAKE_BUILD_ERROR" >&2
      exit "${FAKE_EXIT_CODE:-1}"
    fi
    mkdir -p "$machine/out/tools/workbook"
    printf '#!/bin/sh\necho "command: $*"\n' >"$machine/out/tools/workbook/workbook"
    chmod 555 "$machine/out/tools/workbook/workbook"
    ;;
  info) echo "$machine/out" ;;
esac
STUB
}

# has_in_archive VERSION NAME...: apt-cache knows these packages from now on.
has_in_archive() {
  version=$1
  shift
  for package; do
    printf '%s:\n  Installed: (none)\n  Candidate: %s\n' "$package" "$version" \
      >"$machine/archive/$package"
  done
}

# An archive that has everything under Debian 12's names, apt-cache to ask it, and
# an apt-get that installs everything, or fails as FAKE_APT says.
install_apt() {
  mkdir -p "$machine/archive"
  has_in_archive 4.2.3+ds-11 bazel-bootstrap
  has_in_archive 1.74.0.3 libboost-dev
  has_in_archive 1.0-1 bazel-rules-java bazel-rules-proto g++ googletest \
    libbenchmark-dev libcli11-dev libfmt-dev libtomlplusplus-dev \
    nlohmann-json3-dev libpugixml-dev libsqlite3-dev libcpp-httplib-dev zlib1g-dev libcmark-gfm-dev \
    libcmark-gfm-extensions-dev libkainjow-mustache-dev \
    git valgrind libarchive-dev nettle-dev patch bubblewrap \
    similarity-tester libboost1.74-dev libboost1.81-dev libmimalloc2.0 libjemalloc2 \
    libtcmalloc-minimal4 libtbb-dev libtbbmalloc2 libabsl-dev librocksdb-dev robin-map-dev libroaring-dev \
    heaptrack linux-perf gdb clang libclang-rt-dev clang-format clang-tidy shellcheck codespell python3 \
    sqlite3 zsh fish
  # A name that only others mention has no candidate.
  has_in_archive '(none)' libmimalloc3
  stub apt-cache <<'STUB'
case $1 in
  policy)
    shift
    for package; do cat "$machine/archive/$package" 2>/dev/null; done
    ;;
  pkgnames) cd "$machine/archive" && ls -d "$2"* ;;
esac
STUB
  stub apt-get <<'STUB'
echo "apt-get $*" >>"$machine/calls"
[ "$1" = install ] || exit 0
if [ -n "${FAKE_APT-}" ]; then
  echo "$FAKE_APT"
  exit 100
fi
for program in "$machine"/later/*; do cp --remove-destination "$program" "$machine/bin/"; done
cp -r "$machine/later_system/." "$machine/system/"
STUB
}

# install_later: what is installed so far comes by apt-get only.
install_later() {
  mkdir -p "$machine/later"
  for program in g++ patch bwrap sim_c++ git valgrind bazel; do
    [ ! -e "$machine/bin/$program" ] || mv "$machine/bin/$program" "$machine/later/"
  done
  mv "$machine/system" "$machine/later_system"
  mkdir -p "$machine/system/usr/include"
}

# Machines to be copied: without any package, with what learners need, and bare with
# an archive that has it.
make_up_machine without_packages
copy_machine without_packages with_packages
install_everything
copy_machine with_packages with_archive
install_apt
install_later

new_machine() { copy_machine without_packages "$1"; }
fit_machine() { copy_machine with_packages "$1"; }
bare_machine() { copy_machine with_archive "$1"; }

# run [NAME=VALUE ...] -- ARGUMENTS: the launcher; sets code, output, errors.
run() {
  settings=
  while [ "$1" != -- ]; do
    settings="$settings $1"
    shift
  done
  shift
  # shellcheck disable=SC2086 # settings are words
  env -i PATH="$machine/bin" HOME="$machine" \
    WORKBOOK_SYSTEM_ROOT="$machine/system" $settings \
    "$checkout/workbook" "$@" </dev/null \
    >"$machine/stdout" 2>"$machine/stderr"
  code=$?
  output=$(cat "$machine/stdout")
  errors=$(cat "$machine/stderr")
}

# --- expectations -----------------------------------------------------------------

fail_test() {
  echo "FAILED $name: $1"
  echo "  exit code $code"
  echo "  stdout: $output"
  echo "  stderr: $errors"
  failures=$((failures + 1))
}

expect_code() { [ "$code" = "$1" ] || fail_test "expected exit code $1"; }

expect_says() {
  case $errors in
    *"$1"*) ;;
    *) fail_test "expected to be told: $1" ;;
  esac
}

expect_output() { [ "$output" = "$1" ] || fail_test "expected stdout: $1"; }

expect_options_of_bazel() {
  [ "$(cat "$checkout/.workbook/bazelrc")" = "$1" ] ||
    fail_test "options: $(cat "$checkout/.workbook/bazelrc")"
}

# expect_install PACKAGES: just these, in one call.
expect_install() {
  grep -q -x "apt-get install -y --no-install-recommends $1" "$machine/calls" ||
    fail_test "expected to install $1: $(cat "$machine/calls")"
}

expect_no_install_of() {
  if grep -q "^apt-get install.* $1" "$machine/calls"; then
    fail_test "$1 was installed: $(cat "$machine/calls")"
  fi
}

expect_no_calls_of() {
  if grep -q "^$1" "$machine/calls" 2>/dev/null; then
    fail_test "$1 was called: $(cat "$machine/calls")"
  fi
}

# Nothing half done: a problem with what, where and next, and no command.
expect_refusal() {
  expect_code 4
  expect_says "workbook: $1"
  expect_says '  where: '
  expect_says '  next:  '
  [ ! -e "$checkout/.workbook/bin/workbook" ] || fail_test 'a command was installed'
  for left in "$checkout"/.workbook/bin/*; do
    [ ! -e "$left" ] || fail_test "left behind: $left"
  done
}

# --- the tests ----------------------------------------------------------------------

fit_machine builds_once_then_is_silent
run -- check 01_02
expect_code 0
expect_output 'command: check 01_02'
expect_says 'building the workbook command'
case $errors in *welcome*) fail_test 'the welcome is for a first start' ;; esac
rm "$machine/calls"
run -- list
expect_output 'command: list'
[ -z "$errors" ] || fail_test 'the second start is silent'
expect_no_calls_of bazel

copy_machine builds_once_then_is_silent says_what_to_read_while_it_builds
rm "$checkout/.workbook/bin/workbook"
mkdir -p "$checkout/chapters/09_samples"
: >"$checkout/chapters/09_samples/09_02.md"
printf 'way = [\n    "09_01",\n    "09_02",\n]\n' >"$checkout/exercises/way.toml"
run --
expect_code 0
expect_says 'meanwhile you can read chapters/09_samples/09_02.md, and open exercises/09_02/README.md'
run -- start
case $errors in *welcome*) fail_test 'the command is there' ;; esac
use_machine builds_once_then_is_silent

name=builds_again_after_a_change
sleep 0.1
echo '// changed' >"$checkout/tools/workbook/main.cc"
run -- list
expect_says 'building the workbook command'
: >"$checkout/tools/workbook/new_test.cc"
touch -d '1 hour ago' "$checkout/tools/workbook"
run -- list
[ -z "$errors" ] || fail_test 'a test is no part of the command'

for folder in tools/authoring tools/course tools/process tools/text \
  tools/build tools/bazel_client third_party; do
  name=builds_again_after_a_change_in_$folder
  sleep 0.1
  echo changed >"$checkout/$folder/changed"
  run -- list
  expect_says 'building the workbook command'
done

name=is_found_through_a_link
ln -s "$checkout/workbook" "$machine/link"
output=$(env -i PATH="$machine/bin" "$machine/link" list 2>&1)
expect_output 'command: list'

bare_machine installs_what_is_missing_as_root
run -- list
expect_code 0
expect_output 'command: list'
expect_says 'installing bazel-bootstrap g++ git valgrind bazel-rules-java bazel-rules-proto googletest libbenchmark-dev'
grep -q '^apt-get install -y --no-install-recommends bazel-bootstrap ' "$machine/calls" ||
  fail_test 'apt-get install was not called'
grep -q '^bazel --nohome_rc shutdown' "$machine/calls" || fail_test 'an old server goes on'

bare_machine installs_by_sudo
echo 'shift; exec "$@"' | stub sudo
run FAKE_UID=1000 -- list
expect_code 0
expect_output 'command: list'

bare_machine has_no_sudo
run FAKE_UID=1000 -- list
expect_refusal 'some packages are missing: bazel-bootstrap'
expect_says 'you are not root, and there is no sudo'
expect_says 'As root: apt-get update && apt-get install bazel-bootstrap'
expect_no_calls_of apt-get

bare_machine sudo_wants_a_password
stub sudo <<'STUB'
echo 'sudo: a password is required' >&2
exit 1
STUB
run FAKE_UID=1000 -- list
expect_refusal 'the packages could not be installed: sudo: a password is required'

bare_machine has_no_package_server
stub apt-get <<'STUB'
case $1 in
  update) echo "W: Failed to fetch http://deb/InRelease  Could not resolve 'deb'" ;;
  install) echo 'E: Unable to locate package g++'; exit 100 ;;
esac
STUB
run -- list
expect_refusal 'apt-get did not reach a package server: W: Failed to fetch http://deb/InRelease'

bare_machine apt_fails
run FAKE_APT=E:no_network -- list
expect_refusal 'the packages could not be installed: E:no_network'
expect_says 'setup.log'

name=goes_on_after_apt_is_mended
run -- list
expect_code 0
expect_output 'command: list'

new_machine is_no_debian
run -- list
expect_refusal 'some packages are missing: bazel-bootstrap'
expect_says 'this system has no apt-get'
expect_says 'a C++ compiler (g++ 11 or newer), git, valgrind and bazelisk'

for manager in dnf pacman brew; do
  new_machine "has_${manager}_and_no_apt"
  echo : | stub "$manager"
  run -- list
  expect_refusal 'some packages are missing: bazel-bootstrap'
  expect_says "$manager "
  expect_says 'Nothing but Debian and Ubuntu was ever tried'
done

name=is_macos
echo 'echo Darwin' | stub uname
run -- list
expect_refusal 'this course needs Linux'
expect_says '.devcontainer'

new_machine takes_libraries_from_the_registry
stub g++ <<'STUB'
echo 14
STUB
for tool in git valgrind; do echo : | stub "$tool"; done
install_bazel
for version in 7.7.1 8.7.0 9.2.0; do
  run FAKE_BAZEL_VERSION=$version -- list
  expect_code 0
  expect_options_of_bazel '# This version of Bazel needs no option of its own.'
done

fit_machine lacks_one_package
rm "$machine/system/usr/include/sqlite3.h"
run -- list
expect_refusal 'some packages are missing: libsqlite3-dev'

fit_machine has_an_old_compiler
run FAKE_GCC=10 -- list
expect_refusal 'g++ 10 is too old'

fit_machine has_a_bazel_that_is_too_new
run FAKE_BAZEL_VERSION=10.1.0 -- list
expect_refusal 'Bazel 10.1.0 is too new'
[ ! -e "$checkout/.workbook" ] || fail_test 'something was written'
run FAKE_BAZEL_VERSION=3.5.1 -- list
expect_refusal 'Bazel 3.5.1 is too old'
run FAKE_BAZEL_VERSION=6.5.0 -- list
expect_code 0
expect_options_of_bazel '# This version of Bazel needs no option of its own.'

name=is_built_again_by_another_bazel
touch "$machine/bin/bazel"
run FAKE_BAZEL_VERSION=7.7.1 -- list
expect_says 'building the workbook command'
expect_options_of_bazel 'common --noenable_bzlmod --enable_workspace'
run FAKE_BAZEL_VERSION=7.7.1 -- list
[ -z "$errors" ] || fail_test 'the next start is silent'

fit_machine has_debians_bazel_which_does_not_say_its_version
stub dpkg-query <<'STUB'
echo 7.7.1+ds-2
STUB
run -- list
expect_code 0
expect_options_of_bazel 'common --noenable_bzlmod --enable_workspace'

bare_machine has_an_archive_whose_bazel_is_too_new
has_in_archive 10.2.0-1 bazel-bootstrap
run -- list
expect_refusal 'Bazel 10.2.0-1 is too new'
expect_no_calls_of 'apt-get install'

bare_machine has_an_archive_that_lacks_something
rm "$machine/archive/libtomlplusplus-dev"
has_in_archive '(none)' libcli11-dev
run -- list
expect_refusal "this system's package archive lacks: libcli11-dev libtomlplusplus-dev. Nothing was installed"
expect_no_calls_of 'apt-get install'

bare_machine installs_nothing_that_only_others_need
run -- list
expect_code 0
for package in libarchive-dev nettle-dev patch bubblewrap \
  similarity-tester clang libboost; do
  expect_no_install_of "$package"
done

fit_machine installs_what_the_command_needs
run -- list
install_apt
install_graders
mv "$machine/bin/patch" "$machine/bin/bwrap" "$machine/bin/sim_c++" "$machine/"
mv "$machine/system/usr/include/archive.h" "$machine/"
for word in verify grade regrade apply run-job release similarity; do
  name=installs_what_${word}_needs
  rm -f "$machine/calls" "$machine/bin/patch" "$machine/bin/bwrap" \
    "$machine/bin/sim_c++" "$machine/system/usr/include/archive.h"
  mkdir -p "$machine/later" "$machine/later_system/usr/include"
  cp "$machine/patch" "$machine/bwrap" "$machine/sim_c++" "$machine/later"
  cp "$machine/archive.h" "$machine/later_system/usr/include"
  run -- "$word" --help
  expect_output "command: $word --help"
  expect_no_calls_of apt-get
  run -- "$word" 01_02
  expect_output "command: $word 01_02"
  case $word in
    verify) expect_install 'libarchive-dev bubblewrap patch' ;;
    similarity) expect_install 'libarchive-dev bubblewrap similarity-tester' ;;
    *) expect_install 'libarchive-dev bubblewrap' ;;
  esac
  expect_no_calls_of 'bazel --nohome_rc build'
  rm -f "$machine/calls"
  run -- "$word" 01_02
  [ -z "$errors" ] || fail_test 'the next start is silent'
  expect_no_calls_of apt-get
done

name=copy_without_solutions_needs_nothing_more
rm -r "$machine/bin/bwrap" "$checkout/tools/release"
run -- grade 01_02
expect_output 'command: grade 01_02'
expect_no_calls_of apt-get

fit_machine cannot_build
run FAKE_BUILD_ERROR=ERROR:broken -- list
expect_refusal 'the workbook command could not be built: ERROR:broken'
case $errors in *'git diff shows it'*) ;; *) fail_test 'git shows an edit' ;; esac
touch "$checkout/RELEASE.txt"
run FAKE_BUILD_ERROR=ERROR:broken -- list
case $errors in
  *'those who gave it to you'*) ;;
  *) fail_test 'a copy without git names who gave it' ;;
esac
rm "$checkout/RELEASE.txt"

fit_machine has_a_full_disk
stub cp <<'STUB'
echo "cp: No space left on device" >&2
exit 1
STUB
run -- list
expect_refusal 'the disk filled up during the build'

fit_machine lies_in_a_path_with_spaces
mv "$checkout" "$machine/check out"
checkout="$machine/check out"
run -- list
expect_refusal 'Bazel does not work in a folder whose path has a space'

fit_machine cannot_be_written_to
# Root may write everywhere, so mkdir stands in for the read-only disk.
stub mkdir <<'STUB'
exit 1
STUB
run -- list
expect_refusal 'the checkout cannot be written to'

# A folder in its place stands in for a file of root's, which root may write.
fit_machine was_started_by_root_before
mkdir -p "$checkout/.workbook/setup.lock"
run -- list
expect_refusal 'a file of an earlier start cannot be written to'
expect_says 'chown -R'

fit_machine has_not_one_byte_left
stub df <<'STUB'
printf 'Filesystem 1024-blocks Used Available\ntmpfs 10 10 0\n'
STUB
# mkdir stands in for the disk again, and df says what is wrong with it.
stub mkdir <<'STUB'
exit 1
STUB
run -- list
expect_refusal 'the disk is full'

# until COMMAND...: waits for what will come, a minute at most.
until_so() {
  tries=0
  while ! "$@"; do
    tries=$((tries + 1))
    [ "$tries" -lt 1200 ] || {
      fail_test "in vain waited for: $*"
      return 1
    }
    sleep 0.05
  done
}

# start_in_background: a launcher that builds until the file go is there.
start_in_background() {
  env -i PATH="$machine/bin" WORKBOOK_SYSTEM_ROOT="$machine/system" FAKE_WAIT=1 \
    "$checkout/workbook" first >"$machine/first" 2>"$machine/first_errors" &
  first=$!
  until_so grep -q -s '^bazel --nohome_rc build' "$machine/calls"
}

fit_machine is_started_twice_at_once
start_in_background
env -i PATH="$machine/bin" WORKBOOK_SYSTEM_ROOT="$machine/system" \
  "$checkout/workbook" second >"$machine/second" 2>"$machine/second_errors" &
second=$!
until_so grep -q 'another ./workbook is setting up here; waiting for it' \
  "$machine/second_errors"
: >"$machine/go"
wait "$first"
wait "$second"
[ "$(cat "$machine/first")" = 'command: first' ] || fail_test 'the first one ran too'
[ "$(cat "$machine/second")" = 'command: second' ] || fail_test 'the second one ran too'
[ "$(grep -c '^bazel --nohome_rc build' "$machine/calls")" = 1 ] || fail_test 'built twice'

fit_machine is_killed_in_the_middle
start_in_background
kill -9 "$first"
wait "$first" 2>/dev/null
: >"$machine/go"
run -- list
expect_code 0
expect_output 'command: list'
for left in "$checkout"/.workbook/bin/*; do
  [ "${left##*/}" = workbook ] || fail_test "left behind: $left"
done

# Ten seconds pass at once here.
fit_machine says_how_far_it_is
stub sleep <<STUB
[ "\$1" != 10 ] || set -- 0.01
exec $(command -v sleep) "\$@"
STUB
stub bazel <<'STUB'
echo "bazel $*" >>"$machine/calls"
[ "$1" = --nohome_rc ] || exit 0
echo '[1 / 119] [Prepa] actions' >&2
echo '[12 / 119] Compiling some.cc' >&2
while [ ! -e "$machine/go" ]; do sleep 0.05; done
exit 1
STUB
stub date <<'STUB'
now=$(($(cat "$machine/clock" 2>/dev/null || echo 1000) + 10))
echo "$now" >"$machine/clock"
echo "$now"
STUB
told_thrice() {
  [ "$(grep -c -x 'workbook: still at it: 12 of 119 steps after [0-9]* s, about [0-9]* min left' \
    "$machine/first_errors")" -ge 3 ]
}
start_in_background
until_so told_thrice
: >"$machine/go"
wait "$first"
[ -z "$(grep 'still at it' "$machine/first_errors" | sort | uniq -d)" ] ||
  fail_test 'two lines are the same'
grep -q -x 'workbook: building the workbook command: about 3 to 8 minutes on a usual machine, only this once' \
  "$machine/first_errors" || fail_test 'how long it takes is not said'

bare_machine says_how_far_the_packages_are
stub sleep <<STUB
[ "\$1" != 10 ] || set -- 0.01
exec $(command -v sleep) "\$@"
STUB
stub apt-get <<'STUB'
[ "$1" = install ] || exit 0
echo '2 upgraded, 38 newly installed, 0 to remove and 1 not upgraded.'
echo 'Unpacking g++'
echo 'Setting up g++'
while [ ! -e "$machine/go" ]; do sleep 0.05; done
exit 1
STUB
env -i PATH="$machine/bin" WORKBOOK_SYSTEM_ROOT="$machine/system" \
  "$checkout/workbook" >/dev/null 2>"$machine/first_errors" &
first=$!
until_so grep -q -x 'workbook: still at it: 2 of 80 steps after [0-9]* s' "$machine/first_errors"
: >"$machine/go"
wait "$first"

fit_machine tells_exit_codes_in_words
for told in '2 option that it does not take' '9 another Bazel works in this checkout' \
  '33 ran out of memory' '36 cannot work on this machine as it is' \
  '37 Bazel itself broke down' '38 could not send its build events' \
  '45 could not send its build events'; do
  run FAKE_EXIT_CODE="${told%% *}" FAKE_BUILD_ERROR=ERROR:Unrecognized -- list
  expect_refusal ''
  expect_says "${told#* }"
  expect_says "exit code ${told%% *}): ERROR:Unrecognized"
done
name=names_the_files_that_hold_options
: >"$checkout/.bazelrc.user"
run FAKE_EXIT_CODE=2 FAKE_BUILD_ERROR=ERROR:Unrecognized -- list
expect_says "$checkout/.bazelrc.user"

fit_machine has_a_user_without_a_name
stub id <<'STUB'
[ "$1" = -u ] || exit 1
echo 4711
STUB
run -- list
expect_code 0
[ "$(cat "$machine/user")" = user4711 ] || fail_test "USER is $(cat "$machine/user")"
name=keeps_the_name_of_a_user
run USER=ada -- setup
[ "$(cat "$machine/user")" = user4711 ] || fail_test 'nothing was to build'
rm "$checkout/.workbook/bin/workbook"
run USER=ada -- list
[ "$(cat "$machine/user")" = ada ] || fail_test "USER is $(cat "$machine/user")"

name=never_reads_the_home_folders_options
if grep '^bazel [^-]' "$machine/calls" | grep -v -- '^bazel --version'; then
  fail_test 'Bazel was started without --nohome_rc'
fi

new_machine answers_at_once_on_a_bare_machine
run -- --help
expect_code 0
expect_output 'the help'
run -- -h
expect_output 'the help'
run -- --version
expect_code 0
expect_output 'Memory Workbook, of no known commit'
stub git <<'STUB'
echo 'commit 0123abc of 2026-11-30'
STUB
run -- --version
expect_output 'Memory Workbook, commit 0123abc of 2026-11-30'
run -- setup --help
expect_code 0
case $output in
  'Install what is missing
Usage: ./workbook setup [--peers] [--author] [--grade]'*) ;;
  *) fail_test 'the help of setup' ;;
esac
[ -z "$errors" ] || fail_test 'help is no error'
[ ! -e "$checkout/.workbook" ] || fail_test 'something was written'

fit_machine setup_installs_peers_one_by_one
install_apt
stub apt-get <<'STUB'
echo "apt-get $*" >>"$machine/calls"
case $* in
  install*libtbb-dev*) exit 100 ;;
esac
STUB
run -- setup --peers
expect_code 0
expect_says 'libtbb-dev could not be installed'
expect_says 'everything is there'
expect_install libmimalloc2.0
expect_install libboost1.81-dev

# The names of a release that has others than Debian 12.
fit_machine setup_takes_the_names_that_the_archive_has
install_apt
rm "$machine/archive/libmimalloc2.0" "$machine/archive/libtcmalloc-minimal4" \
  "$machine/archive/libboost1.74-dev" "$machine/archive/libboost1.81-dev" \
  "$machine/archive/heaptrack"
has_in_archive 1.83.0.2 libboost-dev
has_in_archive 3.1 libmimalloc3 libtcmalloc-minimal4t64 libboost1.83-dev
run -- setup --peers
expect_code 0
expect_install 'libboost-dev libmimalloc3 libjemalloc2 libtcmalloc-minimal4t64 libtbb-dev libtbbmalloc2 libabsl-dev librocksdb-dev robin-map-dev libroaring-dev valgrind linux-perf gdb'
expect_says "heaptrack is not in this system's package archive"

fit_machine setup_takes_peers_and_what_verify_uses_together
install_graders
install_apt
run -- setup --peers --author
expect_code 0
expect_says 'installing libboost1.81-dev'
expect_says 'installing clang libclang-rt-dev clang-format'
expect_install similarity-tester

fit_machine setup_installs_what_graders_need
install_graders
install_apt
install_later
run -- setup --grade
expect_code 0
grep -q '^apt-get install .*libarchive-dev nettle-dev bubblewrap$' "$machine/calls" ||
  fail_test 'what graders need'
expect_install similarity-tester
expect_no_install_of ' patch'
expect_no_install_of ' clang'

# expect_built_with OPTIONS: a build of this machine had just these.
expect_built_with() {
  grep -q -x "bazel --nohome_rc build --symlink_prefix=/$1 //tools/workbook" \
    "$machine/calls" || fail_test "built otherwise: $(cat "$machine/calls")"
}

# Prints the folder as the course's own does.
install_disk_cache() {
  printf '#!/bin/sh\n%s\n' "$1" >"$checkout/tools/authoring/disk_cache.sh"
  chmod +x "$checkout/tools/authoring/disk_cache.sh"
}

fit_machine learners_compile_without_what_is_for_authors
install_disk_cache 'echo /cache'
run -- list
expect_built_with ''

fit_machine verify_compiles_the_command_with_its_own_options
install_graders
install_disk_cache 'echo /cache/of this machine'
run -- verify 01_02
expect_code 0
expect_output 'command: verify 01_02'
expect_built_with ' --disk_cache=/cache/of this machine --config=strict'

fit_machine setup_for_authors_does_too
install_graders
install_apt
run -- setup --author
expect_code 0
expect_built_with ' --config=strict'

fit_machine a_cache_that_cannot_be_used_stops_no_build
install_graders
install_disk_cache 'echo "no disk cache: WHY. Fix: THIS" >&2'
run -- verify
expect_code 0
expect_built_with ' --config=strict'

fit_machine a_new_compilers_warnings_stop_no_command
install_graders
mv "$machine/bin/bazel" "$machine/bin/lenient_bazel"
stub bazel <<'STUB'
echo "bazel $*" >>"$machine/calls.strict"
case $* in *--config=strict*) exit 1 ;; esac
exec lenient_bazel "$@"
STUB
run -- verify
expect_code 0
expect_output 'command: verify'
expect_built_with ''
run -- verify
[ -z "$errors" ] || fail_test 'the second start is silent'

name=setup_refuses_what_it_does_not_know
run -- setup --everything
expect_code 4
expect_says 'setup does not know --everything'

if [ "$failures" -gt 0 ]; then
  echo "$failures expectations failed"
  exit 1
fi
echo 'all launcher tests passed'

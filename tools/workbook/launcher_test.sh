#!/bin/sh
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
    { echo '#!/bin/sh'; cat; } >"$machine/bin/$1"
  ) && chmod +x "$machine/bin/$1"
}

# new_machine NAME: a checkout and a bare system without any package.
new_machine() {
  name=$1
  machine=$scratch/$name
  checkout=$machine/checkout
  mkdir -p "$machine/bin" "$machine/system/usr/include" "$checkout/exercises"
  mkdir "$checkout/third_party"
  for folder in workbook authoring course process release text bazel bazel_client; do
    mkdir -p "$checkout/tools/$folder"
  done
  : >"$checkout/tools/workbook/main.cc"
  : >"$checkout/WORKSPACE"
  : >"$checkout/.bazelrc"
  cp "$launcher" "$checkout/workbook"
  chmod +x "$checkout/workbook"
  for tool in sh cat cp mv rm mkdir touch find grep sed tr tail head df awk env \
    readlink sleep flock dirname sync chmod ls; do
    ln -s "$(command -v "$tool")" "$machine/bin/$tool"
  done
  stub id <<'STUB'
echo "${FAKE_UID:-0}"
STUB
}

# Installs, as apt-get would: files that the launcher looks for.
install_everything() {
  mkdir -p "$machine/system/usr/share/bazel/rules/java" \
    "$machine/system/usr/share/bazel/rules/proto" \
    "$machine/system/usr/src/googletest/googletest"
  for header in benchmark/benchmark.h CLI/CLI.hpp fmt/core.h toml++/toml.h \
    nlohmann/json.hpp pugixml.hpp sqlite3.h httplib.h zlib.h archive.h \
    nettle/sha2.h; do
    mkdir -p "$machine/system/usr/include/${header%/*}" 2>/dev/null
    case $header in
      */*) : >"$machine/system/usr/include/$header" ;;
      *)
        rmdir "$machine/system/usr/include/$header" 2>/dev/null
        : >"$machine/system/usr/include/$header"
        ;;
    esac
  done
  stub g++ <<'STUB'
echo "${FAKE_GCC:-12}"
STUB
  for tool in unifdef patch git valgrind bwrap sim_c++; do echo : | stub "$tool"; done
  # Counts its calls, and builds a command that prints its arguments.
  stub bazel <<STUB
echo "bazel \$*" >>"$machine/calls"
case \$1 in
  --version) echo "bazel \${FAKE_BAZEL_VERSION:-no_version}" ;;
  build)
    if [ -n "\${FAKE_SLOW-}" ]; then sleep "\$FAKE_SLOW"; fi
    if [ -n "\${FAKE_BUILD_ERROR-}" ]; then
      echo "\$FAKE_BUILD_ERROR" >&2
      exit 1
    fi
    mkdir -p "$machine/out/tools/workbook"
    printf '#!/bin/sh\necho "command: \$*"\n' >"$machine/out/tools/workbook/workbook"
    chmod 555 "$machine/out/tools/workbook/workbook"
    ;;
  info) echo "$machine/out" ;;
esac
STUB
}

# An apt-get that installs everything, or fails as FAKE_APT says.
install_apt() {
  stub apt-get <<STUB
echo "apt-get \$*" >>"$machine/calls"
[ "\$1" = install ] || exit 0
if [ -n "\${FAKE_APT-}" ]; then
  echo "\$FAKE_APT"
  exit 100
fi
for header in "$machine"/later/*; do cp --remove-destination "\$header" "$machine/bin/"; done
cp -r "$machine/later_system/." "$machine/system/"
STUB
  # What it brings is what install_everything makes, kept aside until then.
  install_everything
  mkdir -p "$machine/later"
  mv "$machine/bin/g++" "$machine/bin/unifdef" "$machine/bin/patch" \
    "$machine/bin/git" "$machine/bin/bazel" "$machine/later/"
  mv "$machine/system" "$machine/later_system"
  mkdir -p "$machine/system/usr/include"
}

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

new_machine builds_once_then_is_silent
install_everything
run -- check 01_02
expect_code 0
expect_output 'command: check 01_02'
expect_says 'building the workbook command'
rm "$machine/calls"
run -- list
expect_output 'command: list'
[ -z "$errors" ] || fail_test 'the second start is silent'
expect_no_calls_of bazel

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
  tools/bazel tools/bazel_client third_party; do
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

new_machine installs_what_is_missing_as_root
install_apt
run -- list
expect_code 0
expect_output 'command: list'
expect_says 'installing bazel-bootstrap bazel-rules-java bazel-rules-proto g++ googletest libbenchmark-dev'
grep -q '^apt-get install -y --no-install-recommends bazel-bootstrap ' "$machine/calls" ||
  fail_test 'apt-get install was not called'
grep -q '^bazel shutdown' "$machine/calls" || fail_test 'an old server goes on'

new_machine installs_by_sudo
install_apt
echo 'shift; exec "$@"' | stub sudo
run FAKE_UID=1000 -- list
expect_code 0
expect_output 'command: list'

new_machine has_no_sudo
install_apt
run FAKE_UID=1000 -- list
expect_refusal 'some packages are missing: bazel-bootstrap'
expect_says 'you are not root, and there is no sudo'
expect_says 'As root: apt-get install bazel-bootstrap'
expect_no_calls_of apt-get

new_machine sudo_wants_a_password
install_apt
stub sudo <<'STUB'
echo 'sudo: a password is required' >&2
exit 1
STUB
run FAKE_UID=1000 -- list
expect_refusal 'the packages could not be installed: sudo: a password is required'

new_machine has_no_package_server
install_apt
stub apt-get <<'STUB'
case $1 in
  update) echo "W: Failed to fetch http://deb/InRelease  Could not resolve 'deb'" ;;
  install) echo 'E: Unable to locate package g++'; exit 100 ;;
esac
STUB
run -- list
expect_refusal 'apt-get did not reach a package server: W: Failed to fetch http://deb/InRelease'

new_machine apt_fails
install_apt
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

new_machine lacks_one_package
install_everything
rm "$machine/system/usr/include/sqlite3.h"
run -- list
expect_refusal 'some packages are missing: libsqlite3-dev'

new_machine has_an_old_compiler
install_everything
run FAKE_GCC=10 -- list
expect_refusal 'g++ 10 is too old'

new_machine has_a_bazel_that_is_too_new
install_everything
run FAKE_BAZEL_VERSION=8.1.0 -- list
expect_refusal 'Bazel 8.1.0 is too new'
run FAKE_BAZEL_VERSION=6.5.0 -- list
expect_code 0

new_machine cannot_build
install_everything
run FAKE_BUILD_ERROR=ERROR:broken -- list
expect_refusal 'the workbook command could not be built: ERROR:broken'

new_machine has_a_full_disk
install_everything
stub cp <<'STUB'
echo "cp: No space left on device" >&2
exit 1
STUB
run -- list
expect_refusal 'the disk filled up during the build'

new_machine lies_in_a_path_with_spaces
install_everything
mv "$checkout" "$machine/check out"
checkout="$machine/check out"
run -- list
expect_refusal 'Bazel does not work in a folder whose path has a space'

new_machine cannot_be_written_to
install_everything
# Root may write everywhere, so mkdir stands in for the read-only disk.
stub mkdir <<'STUB'
exit 1
STUB
run -- list
expect_refusal 'the checkout cannot be written to'

# A folder in its place stands in for a file of root's, which root may write.
new_machine was_started_by_root_before
install_everything
mkdir -p "$checkout/.workbook/setup.lock"
run -- list
expect_refusal 'a file of an earlier start cannot be written to'
expect_says 'chown -R'

new_machine has_not_one_byte_left
install_everything
stub df <<'STUB'
printf 'Filesystem 1024-blocks Used Available\ntmpfs 10 10 0\n'
STUB
# mkdir stands in for the disk again, and df says what is wrong with it.
stub mkdir <<'STUB'
exit 1
STUB
run -- list
expect_refusal 'the disk is full'

new_machine is_started_twice_at_once
install_everything
env -i PATH="$machine/bin" WORKBOOK_SYSTEM_ROOT="$machine/system" FAKE_SLOW=2 \
  "$checkout/workbook" first >"$machine/first" 2>/dev/null &
first=$!
tries=0
while ! grep -q '^bazel build' "$machine/calls" 2>/dev/null; do
  tries=$((tries + 1))
  [ "$tries" -lt 100 ] || break
  sleep 0.1
done
run -- second
expect_code 0
expect_output 'command: second'
expect_says 'another ./workbook is setting up here; waiting for it'
wait "$first"
[ "$(cat "$machine/first")" = 'command: first' ] || fail_test 'the first one ran too'
[ "$(grep -c '^bazel build' "$machine/calls")" = 1 ] || fail_test 'built twice'

new_machine is_killed_in_the_middle
install_everything
env -i PATH="$machine/bin" WORKBOOK_SYSTEM_ROOT="$machine/system" FAKE_SLOW=2 \
  "$checkout/workbook" list >/dev/null 2>&1 &
first=$!
tries=0
while ! grep -q '^bazel build' "$machine/calls" 2>/dev/null; do
  tries=$((tries + 1))
  [ "$tries" -lt 100 ] || break
  sleep 0.1
done
kill -9 "$first"
wait "$first" 2>/dev/null
run -- list
expect_code 0
expect_output 'command: list'
for left in "$checkout"/.workbook/bin/*; do
  [ "${left##*/}" = workbook ] || fail_test "left behind: $left"
done

new_machine setup_installs_peers_one_by_one
install_everything
stub apt-get <<STUB
echo "apt-get \$*" >>"$machine/calls"
case \$* in
  install*libtbb-dev*) exit 100 ;;
esac
STUB
run -- setup --peers
expect_code 0
expect_says 'libtbb-dev could not be installed'
expect_says 'everything is there'
grep -q 'apt-get install -y --no-install-recommends libmimalloc2.0$' "$machine/calls" ||
  fail_test 'the others were not tried'

new_machine setup_takes_peers_and_what_verify_uses_together
install_everything
stub apt-get <<STUB
echo "apt-get \$*" >>"$machine/calls"
STUB
run -- setup --peers --author
expect_code 0
expect_says 'installing libboost1.81-dev'
expect_says 'installing clang libclang-rt-dev clang-format'

name=setup_refuses_what_it_does_not_know
run -- setup --everything
expect_code 4
expect_says 'setup does not know --everything'

if [ "$failures" -gt 0 ]; then
  echo "$failures expectations failed"
  exit 1
fi
echo 'all launcher tests passed'

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Which system calls grading makes, seen by strace in the jails themselves:
# compilers, binutils, the tests of the reference and callgrind.
#
#   tools/grade/trials/jail_calls.sh 01_02 04_03 > calls.tsv
#   tools/grade/trials/jail_calls.sh --arguments socket,fcntl 01_02
#
# Without an exercise: all of them, which takes an hour or two. A line a call:
# its name, how often, and what made it. --arguments prints the different calls
# themselves instead. A bwrap of this script's stands before the real one on PATH;
# it leaves the filter out, because strace needs ptrace. jail_calls.cc has to
# allow what this prints: the output for all exercises is kept as
# testdata/measured_calls.tsv, and jail_calls_test compares.
set -eu

root=$(cd "$(dirname "$0")/../../.." && pwd -P)
words='-c -U calls,name'
if [ "${1-}" = --arguments ]; then
  words="-e trace=$2"
  shift 2
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
mkdir "$work/bin" "$work/calls"
chmod 1777 "$work/calls"

cat > "$work/bin/bwrap" << SHIM
#!/bin/bash
all=("\$@")
before=()
while [ \$# -gt 0 ] && [ "\$1" != -- ]; do
  case \$1 in
    --seccomp) shift ;;
    --remount-ro) before+=(--bind $work/calls /calls "\$1") ;;
    *) before+=("\$1") ;;
  esac
  shift
done
[ \$# -gt 0 ] || exec $(command -v bwrap) "\${before[@]}"
shift
# What looks whether there is a filter is to find one.
[ "\$1" != /bin/sh ] || exec $(command -v bwrap) "\${all[@]}"
kind=\$1
[ "\$kind" != /usr/bin/env ] || kind=\$3
exec $(command -v bwrap) "\${before[@]}" -- \
  /usr/bin/strace -f -qq $words -o "/calls/\${kind##*/}.\$\$" "\$@"
SHIM
chmod 755 "$work/bin/bwrap"

cd "$root/solutions"
[ $# -gt 0 ] || set -- [0-9]*
for exercise in "$@"; do
  mkdir -p "$work/in/$exercise"
  cp "$root/solutions/$exercise/"*.h "$root/solutions/$exercise/"*.cc \
    "$work/in/$exercise" 2> /dev/null || true
  # Its own state, so that the reference is graded and not remembered.
  rm -f "$root/.workbook/grade/$exercise.json"
  (cd "$root" && PATH="$work/bin:$PATH" ./workbook grade --jobs 1 \
    --exercise "$exercise" --submissions "$work/in" \
    --out "$work/out/$exercise" >&2) || echo "$exercise: not graded" >&2
  rm -f "$root/.workbook/grade/$exercise.json"
  rm -rf "$work/in/$exercise"
done

cd "$work/calls"
if [ "$words" = '-c -U calls,name' ]; then
  awk 'FNR > 2 && NF == 2 && $1 + 0 > 0 && $2 != "total" {
         split(substr(FILENAME, 3), kind, ".")
         count[$2] += $1
         if (index(by[$2] " ", " " kind[1] " ") == 0) by[$2] = by[$2] " " kind[1]
       }
       END { for (call in count) print call "\t" count[call] "\t" substr(by[call], 2) }' \
    ./* | sort
else
  sed -E 's/^[0-9]+ +//; s/ = [^=]*$//; s/0x[0-9a-f]+/ADDRESS/g' ./* | sort | uniq -c | sort -rn
fi

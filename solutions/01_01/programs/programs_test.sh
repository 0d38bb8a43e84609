#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Real programs write the same bytes on the preload library as on glibc's malloc.
# A program that is not installed is named, and is a failure: CONTRIBUTING lists
# the packages.
set -u
preload=$PWD/$1
shift
work=$TEST_TMPDIR
failed=0

# compare NAME COMMAND...: runs it on both, in an empty folder each.
compare() {
  name=$1
  shift
  if ! command -v "$1" >/dev/null 2>&1; then
    echo "FAILED $name: $1 is not installed: apt-get install $1"
    failed=1
    return
  fi
  for allocator in glibc ours; do
    mkdir -p "$work/$name/$allocator"
    library=
    [ $allocator = ours ] && library=$preload
    (cd "$work/$name/$allocator" && LD_PRELOAD=$library timeout 600 "$@" \
      >"../$allocator.out" 2>"../$allocator.err" <"$work/input")
    echo $? >"$work/$name/$allocator.code"
  done
  for part in out err code; do
    cmp "$work/$name/glibc.$part" "$work/$name/ours.$part" || {
      echo "FAILED $name: $part differs"
      head -5 "$work/$name/ours.err"
      failed=1
    }
  done
  [ "$(cat "$work/$name/glibc.code")" = 0 ] || {
    echo "FAILED $name: it fails on glibc as well: $(cat "$work/$name/glibc.err")"
    failed=1
  }
}

# The library is really there, and really the malloc: a program says so.
echo >"$work/input"
cat >"$work/loaded.py" <<'PY'
print("libpreload.so" in open("/proc/self/maps").read())
PY
[ "$(LD_PRELOAD=$preload python3 "$work/loaded.py")" = True ] || {
  echo "FAILED: the library is not in the process"
  failed=1
}

cat >"$work/job.py" <<'PY'
import collections, hashlib, json, re, subprocess, threading
words = [hashlib.sha256(str(i).encode()).hexdigest() for i in range(40000)]
table = collections.Counter(w[:2] for w in words)
def work(k, out): out[k] = sum(len(json.dumps(words[i::7])) for i in range(7))
results = {}
threads = [threading.Thread(target=work, args=(k, results)) for k in range(4)]
[t.start() for t in threads]; [t.join() for t in threads]
print(sorted(table.items())[:5], sorted(results.items()))
print(len(re.findall("ab+", "".join(words))))
print(subprocess.run(["sort", "-r"], input="b\na\nc\n", text=True, capture_output=True).stdout)
PY
compare python3 python3 "$work/job.py"

export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b.c GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b.c
export GIT_AUTHOR_DATE='2026-01-01T00:00:00Z' GIT_COMMITTER_DATE='2026-01-01T00:00:00Z'
cat >"$work/job.git" <<'SH'
set -e
git init -q -b main .
i=0
while [ $i -lt 30 ]; do seq $i 400 >file$((i % 7)); git add .; git commit -qm "step $i"; i=$((i + 1)); done
git gc -q
git log --stat
git diff HEAD~9
git blame file3 | tail -5
git fsck
SH
compare git sh -e "$work/job.git"
command -v git >/dev/null || { echo 'FAILED git: apt-get install git'; failed=1; }

cat >"$work/job.cc" <<'CC'
#include <map>
#include <string>
#include <vector>
template <int N> struct Depth { static int Get(const std::map<std::string, std::vector<int>>& m) { return Depth<N - 1>::Get(m) + static_cast<int>(m.size()); } };
template <> struct Depth<0> { static int Get(const std::map<std::string, std::vector<int>>&) { return 0; } };
int main() { return Depth<60>::Get({{"a", {1, 2}}}) == 60 ? 0 : 1; }
CC
compare compiler g++ -std=c++20 -O2 -S -o - "$work/job.cc"

cat >"$work/input" <<'SQL'
create table t(id integer primary key, name text, value real);
with recursive c(x) as (select 1 union all select x + 1 from c where x < 30000)
insert into t select x, printf('name %d', x * 7919 % 30011), x / 3.0 from c;
create index by_name on t(name);
select count(*), sum(value), min(name), max(name) from t;
select substr(name, 6, 1) as d, count(*), group_concat(id) from t where id % 401 = 0 group by d order by d;
delete from t where id % 3 = 0;
vacuum;
select count(*), sum(length(name)) from t;
SQL
compare sqlite3 sqlite3

# Every alignment by every function, and a process that is out of memory; forks;
# blocks by every name; refused system calls; what POSIX leaves open.
for program in "$@"; do
  compare "$(basename "$program")" "$PWD/$program"
done

[ $failed = 0 ] && echo "git, python3, g++, sqlite3 and $# programs: identical"
exit $failed

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The allocator half improved runs real programs: git, python3, g++ and sqlite3
# write on each library what they write on glibc's malloc. The first library is
# that of the untouched exercise.
set -u
work=$TEST_TMPDIR
failed=0
missing=

cat >"$work/job.py" <<'PY'
import hashlib, json, subprocess, threading
words = [hashlib.sha256(str(i).encode()).hexdigest() for i in range(8000)]
def work(k, out): out[k] = len(json.dumps(words[k::4]))
results = {}
threads = [threading.Thread(target=work, args=(k, results)) for k in range(4)]
[t.start() for t in threads]; [t.join() for t in threads]
print(sorted(results.items()), sorted(words)[:3], "".join(words).count("ab"))
print(subprocess.run(["sort", "-r"], input="b\na\nc\n", text=True, capture_output=True).stdout)
PY
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b.c GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b.c
export GIT_AUTHOR_DATE='2026-01-01T00:00:00Z' GIT_COMMITTER_DATE='2026-01-01T00:00:00Z'
cat >"$work/job.git" <<'SH'
git init -q -b main .
for i in 1 2 3 4; do seq $i 300 >file; git add .; git commit -qm "step $i"; done
git gc -q
git log --stat
git blame file | tail -5
git fsck
SH
cat >"$work/job.cc" <<'CC'
#include <map>
#include <string>
std::map<std::string, int> Make() { return {{"a", 1}, {"b", 2}}; }
CC
cat >"$work/job.sql" <<'SQL'
create table t(id integer primary key, name text);
with recursive c(x) as (select 1 union all select x + 1 from c where x < 5000)
insert into t select x, printf('name %d', x * 7919 % 5011) from c;
create index by_name on t(name);
delete from t where id % 3 = 0;
vacuum;
select count(*), min(name), max(name) from t;
SQL

# run LIBRARY NAME COMMAND...: what it writes, to $work/NAME.out.
run() {
  library=$1
  name=$2
  shift 2
  rm -rf "$work/folder"
  mkdir "$work/folder"
  (cd "$work/folder" && LD_PRELOAD=$library timeout 120 "$@" 2>&1)
  echo "exit code $?"
}

for name in python3 git g++ sqlite3; do
  command -v "$name" >/dev/null 2>&1 || missing="$missing $name"
done
for library in "" "$@"; do
  [ -n "$library" ] && library=$PWD/$library
  for name in python3 git g++ sqlite3; do
    case $missing in *" $name"*) continue ;; esac
    case $name in
      python3) set_command="python3 $work/job.py" ;;
      git) set_command="sh -e $work/job.git" ;;
      g++) set_command="g++ -std=c++20 -O1 -S -o - $work/job.cc" ;;
      sqlite3) set_command="sqlite3 :memory: -init $work/job.sql .quit" ;;
    esac
    if [ -z "$library" ]; then
      # shellcheck disable=SC2086 # words of a command
      run "" "$name" $set_command >"$work/$name.glibc"
      grep -qx 'exit code 0' "$work/$name.glibc" || {
        echo "FAILED $name: it fails on glibc as well: $(cat "$work/$name.glibc")"
        failed=1
      }
      continue
    fi
    # shellcheck disable=SC2086 # words of a command
    run "$library" "$name" $set_command >"$work/$name.ours"
    cmp -s "$work/$name.glibc" "$work/$name.ours" || {
      echo "FAILED $name on $library: it writes something else:"
      diff "$work/$name.glibc" "$work/$name.ours" | head -5
      failed=1
    }
  done
done
[ -n "$missing" ] && echo "not installed, so not run:$missing"
[ $failed = 0 ] && echo "$# mallocs, each half improved: identical"
exit $failed

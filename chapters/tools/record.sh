#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# record.sh FOLDER: builds waste.cc, runs the tools of ../tools.md on it and
# writes into FOLDER what each of them says, NAME.txt: the command, then at most
# fifteen lines. A tool that is missing is named, and the others go on.
#
# Run it at the root of the checkout. It takes some minutes.
set -eu

folder=${1:?usage: record.sh FOLDER. Fix: name a folder to write to}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
root=$(pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# keep NAME COMMAND [SCRIPT]: runs COMMAND and keeps the lines that the sed
# SCRIPT lets through, without what differs from machine to machine.
keep() {
  { printf '$ %s\n' "$2"
    sh -c "$2" 2>&1 | sed -E "${3-}" | sed -E \
      -e "s#($scratch|$root)/##g" -e 's#/tmp/[A-Za-z0-9./_-]*/##g' \
      -e 's#/usr/[a-z0-9_/+.-]*/##g' -e 's#==[0-9]+==#==PID==#' \
      -e 's#\(?pid[= ]*[0-9]+[^)]*\)#(PID)#I' \
      -e 's#std::vector<workbook::Order, std::allocator<workbook::Order> >#std::vector<Order>#g' \
      -e 's#\t#  #g' -e 's# \([a-z-]+\+0x[0-9a-f]+\)##' |
      fold -s -w 108 | sed 's# *$##' | head -n 15
  } > "$folder/$1.txt"
}

# has TOOL PACKAGE FILE
has() {
  if command -v "$1" > /dev/null; then return 0; fi
  echo "$1 is not installed, so $3 is not recorded." \
    "Fix: sudo apt-get install $2. The page keeps the stored $3."
  return 1
}

# What the workbook's own tools say.
keep probe 'bazel test --test_output=all //chapters/tools:waste_test' \
  '/ allocations /!d'
keep exact './workbook bench 03_06 --exact --filter median_1001' \
  '/^workbook:|^Building/d'
if grep -q 'Todo(' exercises/03_01/growth_costs.cc exercises/03_01/dyn_array.h; then
  echo "Tasks 1 and 3 of 03_01 are not written, so bench.txt is not recorded." \
    "Fix: solve them. The page keeps the stored bench.txt."
else
  keep bench './workbook bench 03_01 --filter append_doubling' \
    '/^workbook:|^Building|^$|not measured|^Kept|peers/d'
fi
keep layout './workbook layout Span' \
  '/^workbook:|^$| (pages|previous|next|used|carved) /d'

ln -s "$root/chapters" "$scratch/chapters"
cd "$scratch"
build='g++ -std=c++20 -g -I. chapters/tools/waste.cc'
$build -O2 -fno-omit-frame-pointer -o waste
for sanitizer in address leak thread undefined; do
  $build -O1 -fno-omit-frame-pointer -fsanitize=$sanitizer -o waste-$sanitizer
done

{
  echo "Recorded on $(date +%F) by chapters/tools/record.sh, with $(nproc) processors:"
  echo "$(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release), Linux $(uname -r | cut -d. -f1,2)"
  for tool in g++ clang-tidy valgrind cppcheck heaptrack perf strace ltrace pahole; do
    command -v $tool > /dev/null || continue
    echo "$tool $($tool --version 2>&1 | grep -Eo '[0-9]+(\.[0-9]+)+' | head -n 1)"
  done | paste -sd, | sed 's/,/, /g' | fold -s -w 108 | sed 's# *$##'
} > "$folder/machine.txt"

if has heaptrack heaptrack heaptrack.txt; then
  heaptrack --output heap ./waste > /dev/null
  keep heaptrack "heaptrack_print --peak-limit=2 --print-peaks=no --print-temporary=no $(echo heap.*)" \
    '/^[0-9].* from:?$|^ *workbook::[RTP]|waste\.(h|cc):|^(temp|peak heap|total mem)/!d'
fi

if has valgrind valgrind "massif.txt and callgrind.txt"; then
  valgrind --quiet --tool=massif --massif-out-file=massif.out \
    --time-unit=B --detailed-freq=1000 ./waste > said
  peak=$(ms_print massif.out | sed -nE 's/.*[[ ]([0-9]+) \(peak\).*/\1/p')
  keep massif 'ms_print --x=64 --y=6 --threshold=5 massif.out' \
    "/^ +n /{x;/./{x;d};x;h;b}
     /^ +$peak +[0-9,]+ /,/^ +n /{/^ +$peak +|heap alloc/b; s/^[| ]+(->.*waste\.h)/  \1/;t}
     / (MB|KB)$|^.{5}[|^+]/!d"
  valgrind --quiet --tool=callgrind --callgrind-out-file=callgrind.out ./waste \
    > said
  keep callgrind 'callgrind_annotate --auto=no --threshold=85 callgrind.out' \
    '/^ *[0-9,]+ \(/!d; s# \[[^]]*\]$##; s#(_realloc_insert).*#\1#'
fi

if has perf linux-perf "perf_*.txt"; then
  keep perf_stat \
    'perf stat -e task-clock,page-faults,context-switches,cycles,cache-misses ./waste' \
    '/^$/d'
  perf record --quiet -o perf.data -e cpu-clock -F 20000 ./waste > said
  keep perf_record \
    'perf report -i perf.data --stdio --no-children --percent-limit=2' \
    '/^ +[0-9.]+%/!d'
  keep perf_c2c 'perf c2c record ./waste race'
fi

keep asan './waste-address dangle' \
  '/ERROR:|^[A-Z]+ of|located|^freed|^prev|#.*waste\.(h|cc):/!d; s/ at pc .*//'
keep lsan ./waste-leak '/leak|#.*waste\.(h|cc):/!d'
keep tsan './waste-thread race' \
  '/WARNING|^ +[A-Z].*(of size|created)|#.*waste\.(h|cc):|paid|reported/!d; s/\{lambda.*\) const/{lambda}/'
keep ubsan './waste-undefined overflow'

if has clang-tidy clang-tidy clang_tidy.txt; then
  keep clang_tidy \
    "clang-tidy --quiet --checks='-*,performance-*' --header-filter=waste chapters/tools/waste.cc -- -std=c++20 -I." \
    '/generated/d; s#^.*/chapters#chapters#; s#; consider [^[]*# #'
fi
if has clang++ clang analyzer.txt; then
  keep analyzer 'clang++ -std=c++20 -I. --analyze -Xclang -analyzer-output=text chapters/tools/waste.cc' \
    '/: (warning|note): /!d'
fi
if has cppcheck cppcheck cppcheck.txt; then
  keep cppcheck 'cppcheck --quiet --std=c++20 -I . chapters/tools/waste.cc' \
    '/: (error|note): /!d'
fi
keep padded 'g++ -std=c++20 -I. -fsyntax-only -Wpadded chapters/tools/waste.cc' \
  '/waste\.h.*warning/!d'
if has pahole dwarves pahole.txt; then
  keep pahole 'pahole -C Order waste' '/^$|^die_|\);$/d'
fi

keep malloc_info './waste info' '/<total|<system|<heap|<\/heap/!d'
keep jemalloc \
  'MALLOC_CONF=stats_print:true LD_PRELOAD=libjemalloc.so.2 ./waste' \
  '/^Allocated:|^ +allocated +nmalloc|^(small|large|total):/!d
   s/ {2,}/  /g; /^total:/q'
mkfifo quit
./waste wait < quit > waiting &
echo $! > pid
exec 3> quit
until grep -q page waiting; do sleep 0.1; done
# shellcheck disable=SC2016  # the command is shown as it is typed
keep smaps 'cat /proc/$(cat pid)/smaps_rollup /proc/$(cat pid)/statm' \
  '/^(Rss|Pss|(Shared|Private)_(Clean|Dirty)|Anonymous|Swap):|^[0-9 ]+$/!d'
exec 3>&-

if has strace strace strace.txt; then
  keep strace 'strace -e trace=mmap,munmap,brk ./waste' \
    '/mmap.*ANONYMOUS, -1|munmap/!d; s/0x[0-9a-f]{6,}/ADDRESS/g; /MAP_FIXED| 8192,/d'
fi
if has ltrace ltrace ltrace.txt; then
  keep ltrace 'ltrace -c -C -e _Znwm+_ZdlPv ./waste'
fi
echo "Recorded into $folder:"
ls "$folder"

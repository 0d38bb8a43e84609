#!/bin/sh
# record.sh FOLDER: records the benchmark and the profiles of task 4 and 5 into
# FOLDER. What it writes has the names and the form of the files beside it. A
# tool that is missing is named, and the others go on.
#
# Run it at the root of the checkout.
set -eu

folder=${1:?usage: record.sh FOLDER. Fix: name a folder to write to}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

bazel build -c opt --strip=never //exercises/03_06/given:plain_benchmark \
  //exercises/03_06/given:word_index
cp bazel-bin/exercises/03_06/given/plain_benchmark \
  bazel-bin/exercises/03_06/given/word_index "$scratch"
cd "$scratch"

# has TOOL PACKAGE FILE
has() {
  if command -v "$1" > /dev/null; then return 0; fi
  echo "$1 is not installed, so $3 is not recorded." \
    "Fix: sudo apt-get install $2. The task goes on with the stored $3."
  return 1
}

# keep FROM TO: names of machines and folders say nothing about a program.
keep() {
  sed -e "s|$scratch/||g" -e 's|"host_name": ".*"|"host_name": "machine"|' \
    -e 's|/proc/self/cwd/||g' "$1" > "$folder/$2"
}

./plain_benchmark --benchmark_repetitions=5 --benchmark_min_time=0.05 \
  --benchmark_out=append.json > /dev/null
keep append.json append.json

if has perf linux-perf perf.txt; then
  if perf record --quiet --event=cpu-clock --freq=10000 ./word_index; then
    perf report --stdio --no-children --percent-limit=0.5 > text 2> /dev/null
    keep text perf.txt
  else
    echo "perf may not record here, so perf.txt is not recorded." \
      "Fix: sudo sysctl kernel.perf_event_paranoid=1." \
      "The task goes on with the stored perf.txt."
  fi
fi

if has valgrind valgrind "callgrind.txt and massif.txt"; then
  valgrind --quiet --tool=callgrind --callgrind-out-file=callgrind ./word_index
  callgrind_annotate --auto=no callgrind > text
  keep text callgrind.txt
  callgrind_annotate --auto=no --inclusive=yes callgrind > text
  keep text callgrind_inclusive.txt
  valgrind --quiet --tool=massif --massif-out-file=massif ./word_index
  keep massif massif.txt
fi

if has heaptrack heaptrack heaptrack.txt; then
  heaptrack --output heap ./word_index > /dev/null
  heaptrack_print --print-leaks=no heap.* > text
  keep text heaptrack.txt
fi
echo "Recorded into $folder:"
ls "$folder"

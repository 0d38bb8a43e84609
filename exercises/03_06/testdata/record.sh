#!/bin/sh
# record.sh FOLDER: records the benchmark and the profiles of task 4 and 5 into
# FOLDER. What it writes has the names and the form of the files beside it. A
# tool that is missing is named, and the others go on.
#
# Run it at the root of the checkout.
set -eu

folder=${1:?usage: record.sh FOLDER. Fix: name a folder to write to}
mkdir -p "$folder"
bazel build -c opt --strip=never //exercises/03_06/given:plain_benchmark \
  //exercises/03_06/given:word_index
programs=bazel-bin/exercises/03_06/given
program=$programs/word_index

# has TOOL PACKAGE FILE
has() {
  if command -v "$1" > /dev/null; then return 0; fi
  echo "$1 is not installed, so $3 is not recorded." \
    "Fix: sudo apt-get install $2. The task goes on with the stored $3."
  return 1
}

# Names of machines and folders say nothing about a program.
without_places() {
  sed -e "s|$(pwd)/||g" -e "s|$HOME|~|g" -e "s|$(uname -n)|machine|g" \
    -e 's|"executable": ".*"|"executable": "plain_benchmark"|' \
    -e 's|/[^ ]*/word_index|word_index|g' "$1" > "$2"
}

"$programs/plain_benchmark" --benchmark_repetitions=5 \
  --benchmark_min_time=0.05 --benchmark_out="$folder/raw" > /dev/null
without_places "$folder/raw" "$folder/append.json"

if has perf linux-perf perf.txt; then
  if perf record --quiet --event=cpu-clock --output="$folder/raw" "$program"; then
    perf report --stdio --no-children --percent-limit=0.5 \
      --input="$folder/raw" > "$folder/text" 2> /dev/null
    without_places "$folder/text" "$folder/perf.txt"
  else
    echo "perf may not record here, so perf.txt is not recorded." \
      "Fix: sudo sysctl kernel.perf_event_paranoid=1." \
      "The task goes on with the stored perf.txt."
  fi
fi

if has valgrind valgrind "callgrind.txt and massif.txt"; then
  valgrind --quiet --tool=callgrind --callgrind-out-file="$folder/raw" "$program"
  callgrind_annotate --auto=no "$folder/raw" > "$folder/text"
  without_places "$folder/text" "$folder/callgrind.txt"
  callgrind_annotate --auto=no --inclusive=yes "$folder/raw" > "$folder/text"
  without_places "$folder/text" "$folder/callgrind_inclusive.txt"
  valgrind --quiet --tool=massif --massif-out-file="$folder/raw" "$program"
  without_places "$folder/raw" "$folder/massif.txt"
fi

if has heaptrack heaptrack heaptrack.txt; then
  heaptrack --output "$folder/raw_heap" "$program" > /dev/null
  heaptrack_print --print-leaks=no "$folder"/raw_heap.* > "$folder/text"
  without_places "$folder/text" "$folder/heaptrack.txt"
fi
rm -f "$folder"/raw "$folder"/raw_heap.* "$folder"/text
echo "Recorded into $folder:"
ls "$folder"

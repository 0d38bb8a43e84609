#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# big_log.sh MAKE_LOG LOG_REPORT [MIB]: makes a log of MIB MiB (1024 unless told,
# less where the disk is small), reports it with log_report in 64 MiB and with
# awk | sort | uniq -c, and compares: the bytes of the answers, then the time.
set -euo pipefail

make_log=$(realpath "$1")
log_report=$(realpath "$2")
mib=${3:-1024}
[[ $mib =~ ^[1-9][0-9]*$ ]] || {
  echo "big_log: '$mib' is no number of MiB. Say: big_log -- 1024" >&2
  exit 2
}

folder=$(mktemp -d "${TMPDIR:-/tmp}/big_log.XXXXXX")
trap 'rm -rf "$folder"' EXIT
# The log, awk's copy of a fifth of it that sort keeps, two reports, and slack.
free_mib=$(($(df --output=avail -k "$folder" | tail -1) / 1024 / 3))
if ((free_mib < mib)); then
  echo "big_log: the disk of $folder holds a log of $free_mib MiB, not of $mib"
  mib=$free_mib
fi
((mib > 0)) || { echo "big_log: no room in $folder; set TMPDIR" >&2; exit 1; }

"$make_log" "$mib" >"$folder/log"
TIMEFORMAT=%R
cat "$folder/log" >/dev/null  # both find the file in the page cache, or neither

ours=$({ time "$log_report" "$folder/log" "$folder" \
  >"$folder/ours" 2>"$folder/notes"; } 2>&1) || {
  cat "$folder/notes" >&2
  exit 1
}
peers=$({ time awk -F'"' '{
    split($2, r, " "); a = $6
    c = a ~ /bot|crawl|spider/ ? "bot" : a ~ /Firefox/ ? "firefox" : \
        a ~ /Chrome/ ? "chrome" : a ~ /Safari/ ? "safari" : "other"
    print c, r[2]
  }' "$folder/log" | LC_ALL=C sort -T "$folder" | LC_ALL=C uniq -c \
  >"$folder/peers"; } 2>&1)

cat "$folder/notes"
cmp "$folder/ours" "$folder/peers" || {
  echo "big_log: the answers differ" >&2
  exit 1
}
echo "log of $mib MiB: same answer, $(wc -l <"$folder/ours") lines"
awk -v ours="$ours" -v peers="$peers" 'BEGIN {
  printf "log_report %.2f s, awk | sort | uniq -c %.2f s: %.1f times as fast\n",
         ours, peers, peers / ours
}'

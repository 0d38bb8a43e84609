#!/usr/bin/env bash
# costs.sh: measures the rows of the cost table and writes them to
# chapters/02_allocation/02_02_costs.md. Takes about a minute on an idle machine.
set -euo pipefail
cd "$(dirname "$0")/../.."

rows='append|map_patterns|inline_any|function_ref|interface_patterns|csv_pipeline|http_handler|batch_job|stream_job'
table=$(bazel run --noshow_progress -c opt //solutions/02_02:bench -- \
  --benchmark_filter="$rows" "$@" 2>/dev/null)
{
  echo '# What allocation patterns cost'
  echo
  echo 'Written by `solutions/02_02/costs.sh`; every time is the median of one run on one machine.'
  echo
  echo '```'
  printf '%s\n' "$table"
  echo '```'
} >chapters/02_allocation/02_02_costs.md

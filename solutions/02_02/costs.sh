#!/usr/bin/env bash
# costs.sh: measures every row of the benchmark and writes them to
# chapters/02_allocation/02_02_costs.md. Takes two minutes on an idle machine.
set -euo pipefail
cd "$(dirname "$0")/../.."

table=$(bazel run --noshow_progress -c opt //solutions/02_02:bench -- "$@" \
  2>/dev/null)
{
  echo '# What allocation patterns cost'
  echo
  echo 'Written by `solutions/02_02/costs.sh`; every time is of one run on one machine.'
  echo
  echo '```'
  printf '%s\n' "$table"
  echo '```'
} >chapters/02_allocation/02_02_costs.md

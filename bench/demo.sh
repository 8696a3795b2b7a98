#!/usr/bin/env bash
# Time and memory of the whole loop on one bug, against Maven running the failing test of the same project once.
# Usage: bench/demo.sh [CASE]. Linux only: memory is read from /proc.
set -u
home=$(cd "$(dirname "$0")/.." && pwd -P)
case=${1:-validator-1.5.1-1}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Proportional set size of a process and all below it, in KiB: shared pages count once.
tree_kib() {
  local sum=0 pid children kib
  for pid in "$@"; do
    kib=$(awk '/^Pss:/ { print $2 }' "/proc/$pid/smaps_rollup" 2>/dev/null)
    sum=$((sum + ${kib:-0}))
    children=$(cat /proc/"$pid"/task/*/children 2>/dev/null)
    [ -z "$children" ] || sum=$((sum + $(tree_kib $children)))
  done
  echo "$sum"
}

# Runs a command; leaves its exit code, seconds and peak KiB in rc, seconds and peak.
measure() {
  local began now kib
  peak=0
  began=$(date +%s%N)
  "$@" >"$scratch/out" 2>&1 &
  local pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    kib=$(tree_kib "$pid")
    [ "$kib" -le "$peak" ] || peak=$kib
    sleep 0.2
  done
  wait "$pid"
  rc=$?
  now=$(date +%s%N)
  seconds=$(awk "BEGIN { printf \"%.1f\", ($now - $began) / 1e9 }")
}

"$home/selfheal" demo --case "$case" --project "$scratch/project" >"$scratch/layout" 2>&1 || { cat "$scratch/layout"; exit 1; }
test=$(sed -n "s/.*--test '\(.*\)'.*/\1/p" "$scratch/layout")

measure mvn -B -q -f "$scratch/project/pom.xml" test -Dtest="$test" -DfailIfNoTests=false
base_seconds=$seconds base_peak=$peak
measure "$home/selfheal" demo --case "$case"
[ "$rc" = 0 ] || { cat "$scratch/out"; echo "the demo ended with $rc"; exit 1; }

ratio() { awk "BEGIN { printf \"%.2f\", $1 / $2 }"; }
printf '%-28s %8s s  %6s MiB\n' "mvn test -Dtest (baseline)" "$base_seconds" $((base_peak / 1024))
printf '%-28s %8s s  %6s MiB\n' "selfheal demo" "$seconds" $((peak / 1024))
printf 'ratio: time %s, memory %s\n' "$(ratio "$seconds" "$base_seconds")" "$(ratio "$peak" "$base_peak")"
printf 'of the bound: time %s of 60 s, memory %s of 1536 MiB\n' "$(ratio "$seconds" 60)" "$(ratio "$peak" 1572864)"

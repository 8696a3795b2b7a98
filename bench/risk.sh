#!/usr/bin/env bash
# What the risk rules say about changes between adjacent releases of libraries. Builds what it runs; fetches sources from Maven.
# Usage: bench/risk.sh [RULE]     with a rule such as SH-RISK-FILE: each of its findings, too
set -eu
home=$(cd "$(dirname "$0")/.." && pwd -P)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

mvn -B -q -Dquick -f "$home/pom.xml" -pl bench -am package -DskipTests

java -Xmx1g -Dorg.apache.avro.SERIALIZABLE_PACKAGES=dev.selfheal \
  -cp "$home/bench/target/classes:$(cat "$home/bench/target/classpath")" \
  dev.selfheal.bench.risk.RiskBench "$scratch" "${1:-}"

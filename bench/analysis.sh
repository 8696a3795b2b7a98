#!/usr/bin/env bash
# Speed, memory and restart of the analysis. Builds what it runs. The scale part reads memory from /proc: Linux only.
# Usage: bench/analysis.sh [throughput [EVENTS [GROUPS [ROUNDS]]]]
#        bench/analysis.sh scale [GROUPS]
set -eu
home=$(cd "$(dirname "$0")/.." && pwd -P)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

mvn -B -q -Dquick -f "$home/pom.xml" -pl bench -am package -DskipTests

run() {
  java -Xmx1g ${SELFHEAL_JAVA_OPTS:-} -Dlogback.configurationFile=dev/selfheal/embedded/broker-logback.xml \
    -cp "$home/bench/target/classes:$(cat "$home/bench/target/classpath")" "dev.selfheal.bench.analysis.$1" "$scratch" "${@:2}"
}

case ${1:-throughput} in
  throughput) run ThroughputBench "${2:-300000}" "${3:-1000}" "${4:-5}" ;;
  scale) run ScaleBench "${2:-1000000}" ;;
  *) sed -n '3,4p' "$0" >&2; exit 2 ;;
esac

#!/usr/bin/env bash
# Whether each proposal gets exactly one verdict while workers are killed, and what the dead leave behind.
# Usage: bench/soak.sh [PROPOSALS [SECONDS_BETWEEN_KILLS]]
set -eu
home=$(cd "$(dirname "$0")/.." && pwd -P)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

mvn -B -q -Dquick -f "$home/pom.xml" -pl bench -am package -DskipTests

java -Xmx512m ${SELFHEAL_JAVA_OPTS:-} -Dlogback.configurationFile=dev/selfheal/embedded/broker-logback.xml \
  -cp "$home/bench/target/classes:$(cat "$home/bench/target/classpath")" \
  dev.selfheal.bench.validation.SoakBench "$scratch" "${1:-1000}" "${2:-20}"

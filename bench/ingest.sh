#!/usr/bin/env bash
# Events a second through the intake, against a raw Kafka producer and an HTTP server that only reads and answers. Builds
# what it runs. Linux only: memory is read from /proc.
# Usage: bench/ingest.sh [SECONDS [ROUNDS]], of each measurement
set -eu
home=$(cd "$(dirname "$0")/.." && pwd -P)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

mvn -B -q -Dquick -f "$home/pom.xml" -pl bench -am package -DskipTests

java -Xmx512m ${SELFHEAL_JAVA_OPTS:-} -Dlogback.configurationFile=dev/selfheal/embedded/broker-logback.xml \
  -cp "$home/bench/target/classes:$(cat "$home/bench/target/classpath")" dev.selfheal.bench.IngestBench "$scratch" "$@"

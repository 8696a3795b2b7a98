#!/usr/bin/env bash
# Events a second through the intake, against a raw Kafka producer and an HTTP server that only reads and answers.
# Usage: bench/ingest.sh [SECONDS [ROUNDS]], of each measurement. Linux only: memory is read from /proc.
set -eu
home=$(cd "$(dirname "$0")/.." && pwd -P)
cd "$home"
mvn -B -q -Dquick -pl bench -am package -DskipTests
mvn -B -q -Dquick -pl bench dependency:build-classpath -Dmdep.outputFile=target/ingest.classpath -Dmdep.includeScope=runtime
exec java -Xmx512m -cp "bench/target/classes:$(cat bench/target/ingest.classpath)" dev.selfheal.bench.IngestBench "$@"

#!/usr/bin/env bash
# How long a verdict takes on a warm worker, against Maven. Builds what it runs; fetches commons-lang3 from Maven once.
# Usage: bench/validation.sh [small|large [ROUNDS [MAVEN_ROUNDS]]]
set -eu
home=$(cd "$(dirname "$0")/.." && pwd -P)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

mvn -B -q -Dquick -f "$home/pom.xml" -pl bench -am package -DskipTests

java -Xmx1g ${SELFHEAL_JAVA_OPTS:-} -Dlogback.configurationFile=dev/selfheal/embedded/broker-logback.xml \
  -cp "$home/bench/target/classes:$(cat "$home/bench/target/classpath")" \
  dev.selfheal.bench.validation.ValidationBench "$scratch" "${1:-small}" "${2:-20}" "${3:-3}"

#!/usr/bin/env bash
# How soon and how falsely the trend detectors alarm, against textbook methods on the same simulated series. Seeded.
set -eu
home=$(cd "$(dirname "$0")/.." && pwd -P)
mvn -B -q -Dquick -f "$home/pom.xml" -pl bench -am package -DskipTests
exec java -cp "$home/bench/target/classes:$(cat "$home/bench/target/classpath")" dev.selfheal.bench.detection.DetectionBench

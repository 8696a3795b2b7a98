#!/usr/bin/env bash
# How soon and how falsely the trend detectors alarm, against textbook methods on the same simulated series. Seeded.
set -eu
home=$(cd "$(dirname "$0")/.." && pwd -P)
cd "$home"
mvn -B -q -Dquick -Dmaven.test.skip=true -pl bench -am package
mvn -B -q -Dquick -pl bench dependency:build-classpath -Dmdep.outputFile=bench/target/bench.classpath -Dmdep.includeScope=runtime
exec java -cp "bench/target/classes:$(cat bench/target/bench.classpath)" dev.selfheal.bench.detection.DetectionBench

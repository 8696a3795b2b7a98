/** How often the risk rules speak up on what people really changed between two releases: their false positives. */
package dev.selfheal.bench.risk;

/** Time inside a stream task: a clock that follows the stream, and what is due by it. */
package dev.selfheal.analysis.timer;

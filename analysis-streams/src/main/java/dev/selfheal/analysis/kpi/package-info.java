/** Key figures of the healer itself, per service and over all, counted once per transition on event time. */
package dev.selfheal.analysis.kpi;

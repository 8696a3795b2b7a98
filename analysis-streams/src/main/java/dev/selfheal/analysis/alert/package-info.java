/** What people are told: when healing fails too often, when a hard case was healed, when a patch tried something hostile. */
package dev.selfheal.analysis.alert;

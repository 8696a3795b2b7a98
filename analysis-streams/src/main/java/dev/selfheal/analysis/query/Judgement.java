package dev.selfheal.analysis.query;

import dev.selfheal.analysis.breaker.GateSettings;
import dev.selfheal.analysis.classification.Classifier;
import dev.selfheal.analysis.trend.GroupTrends;

/** By what the analysis decides, so that a question is answered as the next error would be. */
public record Judgement(GroupTrends trends, Classifier classifier, GateSettings gate) {}

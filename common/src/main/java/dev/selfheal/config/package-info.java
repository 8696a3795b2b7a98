/** Configuration on Kafka's ConfigDef: properties file, then environment overrides, typed getters, generated manual. */
package dev.selfheal.config;

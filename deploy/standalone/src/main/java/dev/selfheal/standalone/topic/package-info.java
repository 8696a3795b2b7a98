/** What is on the topics, for people: read without a consumer group, printed as JSON. */
package dev.selfheal.standalone.topic;

/** The topics of the loop: name, key and value type, retention. For every producer and consumer of Selfheal's data. */
package dev.selfheal.topic;

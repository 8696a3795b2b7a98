/** Everything in one place: broker, registry, topics and the four services, on loopback, brought up and taken down together. */
package dev.selfheal.standalone.stack;

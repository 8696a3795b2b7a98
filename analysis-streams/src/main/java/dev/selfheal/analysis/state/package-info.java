/** How small state is written into stores and repartition topics: by hand, in few bytes, with a version in front. */
package dev.selfheal.analysis.state;

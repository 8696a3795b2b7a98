/** What a healing came to, as JSON for machines. */
package dev.selfheal.standalone.report;

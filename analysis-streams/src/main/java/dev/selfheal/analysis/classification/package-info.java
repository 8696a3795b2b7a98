/** What kind of fault an error is, and how sure that is: only what a patch can mend is worth a case. */
package dev.selfheal.analysis.classification;

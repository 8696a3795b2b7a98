/** From what the checks found to a decision that can be defended: approve on proof, reject on refutation, else ask a person. */
package dev.selfheal.validation.verdict;

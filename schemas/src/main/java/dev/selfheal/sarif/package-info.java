/** What the checks found, in SARIF 2.1.0: for code scanning, and for the problem lists of editors. Pure. */
package dev.selfheal.sarif;

/** How a finding is made, for every check alike. */
package dev.selfheal.validation.finding;

/** What all error groups of one service do together: a fault of one group is the code's, one of all groups seldom is. */
package dev.selfheal.analysis.service;

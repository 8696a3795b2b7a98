/**
 * What a patch newly dares to do, judged on syntax trees and again on the compiled classes, where nothing can hide behind
 * names. Only uses the base did not have count.
 */
package dev.selfheal.validation.risk;

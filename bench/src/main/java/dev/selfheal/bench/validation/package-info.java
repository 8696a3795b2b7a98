/** How fast a patch gets its verdict, on a real library, against Maven. */
package dev.selfheal.bench.validation;

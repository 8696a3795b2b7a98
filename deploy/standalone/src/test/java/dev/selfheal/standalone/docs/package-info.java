/** Pages of the manual that are written from the code, and the tests that fail when they drift. */
package dev.selfheal.standalone.docs;

/**
 * Real bugs of released libraries, laid out as repositories to heal. Only coordinates and facts are kept here; the code
 * comes from Maven's repositories when it is asked for.
 */
package dev.selfheal.standalone.corpus;

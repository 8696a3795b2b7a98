/** The user's own git repository: read, and written only as a new branch when asked. */
package dev.selfheal.standalone.repository;

/** XML that strangers wrote. */
package dev.selfheal.validation.xml;

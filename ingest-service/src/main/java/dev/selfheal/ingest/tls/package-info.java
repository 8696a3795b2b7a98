/** The certificate the intake shows, from PEM files or a PKCS#12 key store. */
package dev.selfheal.ingest.tls;

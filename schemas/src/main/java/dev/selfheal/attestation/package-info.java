/**
 * Signed verdicts: a DSSE envelope over an in-toto Statement v1, Ed25519. Depends on the JDK and Jackson alone so that
 * a deploy pipeline can verify a patch with this package, or with openssl and no code of ours.
 */
package dev.selfheal.attestation;

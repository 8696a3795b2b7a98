package dev.selfheal.validation.hostile;

import java.nio.file.Path;

/**
 * What payloads aim at outside the sandbox.
 *
 * @param hostFile exists, and no job mounts it
 * @param port of the host's loopback, where somebody listens
 */
record Target(Path hostFile, int port) {}

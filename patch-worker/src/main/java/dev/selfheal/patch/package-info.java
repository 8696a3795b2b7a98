/**
 * Healing request to patch proposal: fetches the failing code, localises the fault, and asks the policy's providers in
 * order until one has candidates.
 */
package dev.selfheal.patch;

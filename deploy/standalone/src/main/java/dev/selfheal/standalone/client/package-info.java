/** How the commands that work beside a running stack, this one's or any other, find it. */
package dev.selfheal.standalone.client;

/** Who may send: projects, their keys, and what a project says about the services behind it. */
package dev.selfheal.ingest.project;

/** {@code czi}, the command that people type: each subcommand is a class. */
package io.github.czi4j.cli;

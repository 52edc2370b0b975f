/** The menu for who types the bare command on a terminal: what to do, with which file, by questions. */
package io.github.czi4j.bench.menu;

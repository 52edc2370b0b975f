/** Other readers on the same tiles, each in a process of its own that speaks the protocol of {@code docs/peers.md}. */
package io.github.czi4j.bench.peers;

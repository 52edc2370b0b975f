/** Flight Recorder during a run: traces, stacks, flame graphs. */
package io.github.czi4j.bench.record;

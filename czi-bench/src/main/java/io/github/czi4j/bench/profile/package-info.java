/** Where the time of loading goes, stage by stage and tile by tile. */
package io.github.czi4j.bench.profile;

/** Why loading is as fast as it is: rules over what was measured, and what a remedy would bring. */
package io.github.czi4j.bench.diagnose;

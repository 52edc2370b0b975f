/**
 * What a listener is told while the reader works. Nothing is measured when nobody listens.
 */
package io.github.czi4j.observe;

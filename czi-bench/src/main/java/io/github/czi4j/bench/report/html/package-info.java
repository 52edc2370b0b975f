/** The report as one HTML page that needs nothing but itself. */
package io.github.czi4j.bench.report.html;

/**
 * The tests that every place for numbers passes. A provider's test extends {@link
 * io.quorate.spi.metrics.tck.MetricsContract} and gives it the provider; the names of the tests
 * begin with the numbers of the rules on the package page of {@link io.quorate.spi.metrics}.
 *
 * <p>{@link io.quorate.spi.metrics.tck.FaultyMetrics} is for those who use a provider: it passes
 * the same tests until it is told to fail.
 */
@NullMarked
package io.quorate.spi.metrics.tck;

import org.jspecify.annotations.NullMarked;

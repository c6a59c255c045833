/**
 * The tests that every authentication scheme passes. A provider's test extends {@link
 * io.quorate.spi.auth.tck.AuthContract}, or {@link io.quorate.spi.auth.tck.SaslContract} for SASL,
 * and tells what the provider is and which credentials it takes; the names of the tests begin with
 * the numbers of the rules on the package page of {@link io.quorate.spi.auth}.
 *
 * <p>{@link io.quorate.spi.auth.tck.FaultyAuth} is for those who use a scheme: it passes the same
 * tests until it is told to fail.
 */
@NullMarked
package io.quorate.spi.auth.tck;

import org.jspecify.annotations.NullMarked;

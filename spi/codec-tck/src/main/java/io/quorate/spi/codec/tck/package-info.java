/**
 * The tests that every codec passes. A provider's test extends {@link
 * io.quorate.spi.codec.tck.CodecContract} and gives it the provider; the names of the tests begin
 * with the numbers of the rules on the package page of {@link io.quorate.spi.codec}, which also
 * says which rules no test can show.
 *
 * <p>{@link io.quorate.spi.codec.tck.FaultyCodec} is for those who use a codec: it passes the same
 * tests until it is told to do damage.
 */
@NullMarked
package io.quorate.spi.codec.tck;

import org.jspecify.annotations.NullMarked;

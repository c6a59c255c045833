/**
 * The tests that every transport passes. A provider's test extends {@link
 * io.quorate.spi.transport.tck.TransportContract} and gives it the provider; the names of the tests
 * begin with the numbers of the rules on the package page of {@link io.quorate.spi.transport}.
 *
 * <p>{@link io.quorate.spi.transport.tck.ConnectionContract} is the part of them for connections
 * without sockets, as tests have them.
 *
 * <p>{@link io.quorate.spi.transport.tck.FaultyTransport} is for those who use a transport: it
 * passes the same tests, giving bytes in other pieces each time, until it is told to break a
 * connection.
 */
@NullMarked
package io.quorate.spi.transport.tck;

import org.jspecify.annotations.NullMarked;

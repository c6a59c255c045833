package io.quorate.spi.transport;

import io.quorate.api.Stability;

/**
 * What a transport is opened with.
 *
 * @param loops how many I/O loops (threads) serve connections, at least 1
 * @param tcpKeepAlive whether accepted sockets have TCP keep-alive
 */
@Stability.Evolving
public record TransportConfiguration(int loops, boolean tcpKeepAlive) {}

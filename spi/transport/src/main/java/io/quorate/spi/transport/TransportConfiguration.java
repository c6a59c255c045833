package io.quorate.spi.transport;

/**
 * What a transport is opened with.
 *
 * @param loops how many I/O loops (threads) serve connections, at least 1
 * @param tcpKeepAlive whether accepted sockets have TCP keep-alive
 */
public record TransportConfiguration(int loops, boolean tcpKeepAlive) {}

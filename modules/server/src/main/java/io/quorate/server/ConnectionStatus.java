package io.quorate.server;

import java.net.InetSocketAddress;

/**
 * One client connection as operators see it (reference section 6.1, connection line). Numbers may
 * be a moment old and need not be of one moment.
 *
 * @param remote who is at the other end
 * @param interestOps what it waits for: 1 reading, 4 writing, 5 both, 0 nothing
 * @param outstanding requests that have no reply yet
 * @param received packets received; the four bytes of a text word count as one
 * @param sent packets sent
 * @param sessionId 0 while there is no session; then nothing below has a meaning
 * @param lastOperation the code of the last operation ("PING", "GETD" ...; "NA" before the first)
 * @param establishedMs when it was accepted, in ms since 1970
 * @param timeoutMs the session's negotiated timeout
 * @param lastCxid of the last request; negative before the first
 * @param lastZxid of the last reply
 * @param lastResponseMs when the last reply was made: ms of the server's monotonic clock
 * @param lastLatencyMs of the last request
 * @param minLatencyMs since the last reset
 * @param avgLatencyMs since the last reset
 * @param maxLatencyMs since the last reset
 */
public record ConnectionStatus(
    InetSocketAddress remote,
    int interestOps,
    long outstanding,
    long received,
    long sent,
    long sessionId,
    String lastOperation,
    long establishedMs,
    int timeoutMs,
    long lastCxid,
    long lastZxid,
    long lastResponseMs,
    long lastLatencyMs,
    long minLatencyMs,
    long avgLatencyMs,
    long maxLatencyMs) {}

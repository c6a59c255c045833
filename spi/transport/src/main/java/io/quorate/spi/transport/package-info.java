/**
 * A transport accepts connections and moves bytes.
 *
 * <p>Rules:
 *
 * <ol>
 *   <li>Each connection belongs to one loop for its life; a loop is one thread. Every method of a
 *       {@link io.quorate.spi.transport.ConnectionHandler} is called on its connection's loop, one
 *       at a time.
 *   <li>Methods of {@link io.quorate.spi.transport.Connection} are called on its loop only, except
 *       {@code abort}, which any thread may call.
 *   <li>Bytes arrive in order and none is lost or given twice: what {@code received} does not
 *       consume is kept and given again in front of later bytes.
 *   <li>{@code write} never blocks and takes a copy; bytes go out in order at {@code flush}. The
 *       transport does not limit how much is queued: {@code queuedBytes} tells, the handler
 *       decides.
 *   <li>After {@code pauseReading} no bytes are given until {@code resumeReading}, also none that
 *       were read before; {@code resumeReading} gives kept bytes again soon, but not from inside
 *       its call. A transport may read a bounded amount ahead while it is paused.
 *   <li>{@code closed} is called exactly once for each accepted connection, whatever ended it, and
 *       nothing is called after it.
 *   <li>An exception out of a handler closes that connection only.
 *   <li>{@code Loop.execute} runs tasks in order of submission from one thread; it may be called by
 *       any thread and never blocks. After the transport was closed, tasks are dropped.
 *   <li>{@code closeAfterFlush} lets the other end read all that was queued, also if it has sent
 *       bytes that nobody reads: the transport shuts the output down and drops input until the
 *       other end closes, for a bounded time. It gives up on an end that takes no bytes for some
 *       seconds.
 *   <li>The other end's last byte is followed by {@code inputEnded}, once, unless the connection
 *       broke or is closing already.
 *   <li>Methods of {@code Connection} do nothing once the connection is closing or has ended;
 *       {@code abort} ends one that is closing.
 * </ol>
 */
@NullMarked
package io.quorate.spi.transport;

import org.jspecify.annotations.NullMarked;

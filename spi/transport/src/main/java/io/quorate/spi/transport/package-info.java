/**
 * A transport accepts connections and moves bytes.
 *
 * <p>Rules; those that no test can show are marked <em>untested</em>, the others are shown by
 * {@code TransportContract} of the module {@code io.quorate.spi.transport.tck}:
 *
 * <ol>
 *   <li>Each connection belongs to one loop for its life; a loop is one thread. Every method of a
 *       {@link io.quorate.spi.transport.ConnectionHandler} is called on its connection's loop, one
 *       at a time. New connections are spread over all loops.
 *   <li>Methods of {@link io.quorate.spi.transport.Connection} are called on its loop only, except
 *       {@code abort}, which any thread may call. That is for the caller: <em>untested</em>.
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
 *       any thread and never blocks. {@code every} repeats its task with at least that pause,
 *       {@code after} runs its task once, not before that time. A task that throws stops neither
 *       the loop nor its own repetition.
 *   <li>{@code closeAfterFlush} lets the other end read all that was queued, also if it has sent
 *       bytes that nobody reads: the transport shuts the output down and drops input until the
 *       other end closes, for a bounded time. It gives up on an end that takes no bytes for some
 *       seconds. {@code closeAfterFarewell} sends the same, and need not wait for the other end.
 *   <li>The other end's last byte is followed by {@code inputEnded}, once, unless the connection
 *       broke or is closing already.
 *   <li>Methods of {@code Connection} do nothing once the connection is closing or has ended;
 *       {@code abort} ends one that is closing.
 *   <li>When {@code listen} returns, connections are taken. A port that can not be had gives an
 *       {@link java.io.IOException} that names it, and nothing is left behind. When {@code
 *       Listener.close} returns, no connection is taken any more; accepted ones stay.
 *   <li>{@code Transport.close} ends listeners, connections and loops; when it returns, each
 *       handler was told {@code closed}, and tasks given later are dropped. It may be called again,
 *       but not by a loop.
 *   <li>{@code open} gives as many loops as asked for, numbered from 0, and refuses less than one
 *       with {@link IllegalArgumentException}.
 *   <li>Memory that a transport takes for a connection is bounded, but for what the handler queues.
 *       Nothing of a connection stays once it has ended. <em>Untested</em> here, since it can be
 *       told only by looking into the transport; {@code TransportContract.closed} is the place for
 *       it.
 * </ol>
 */
@NullMarked
@Stability.Evolving
package io.quorate.spi.transport;

import io.quorate.api.Stability;
import org.jspecify.annotations.NullMarked;

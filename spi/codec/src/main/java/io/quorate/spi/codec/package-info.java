/**
 * Codecs turn transactions and whole states into bytes, at rest and between peers.
 *
 * <p>Rules:
 *
 * <ol>
 *   <li>{@code decode(encode(x))} equals {@code x} for every record the server can make.
 *   <li>Bytes that the codec did not write give {@link io.quorate.spi.codec.CodecException}, never
 *       another exception, and never take memory beyond a small multiple of the input.
 *   <li>Encoding the same value twice gives the same bytes.
 *   <li>A codec holds no state between calls; any thread may call it.
 *   <li>{@code writeState} followed by {@code readState} restores an equal state, sessions, ACLs
 *       and digest included.
 * </ol>
 */
@NullMarked
package io.quorate.spi.codec;

import org.jspecify.annotations.NullMarked;

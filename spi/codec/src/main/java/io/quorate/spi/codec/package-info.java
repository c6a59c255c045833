/**
 * Codecs turn transactions and whole states into bytes, at rest and between peers.
 *
 * <p>Rules; those that no test can show are marked <em>untested</em>:
 *
 * <ol>
 *   <li>{@code decode(encode(x))} equals {@code x} for every record the server can make.
 *   <li>Bytes that the codec did not write give {@link io.quorate.spi.codec.CodecException} or a
 *       record that can be encoded, never another exception, and never take memory beyond a small
 *       multiple of the input.
 *   <li>Encoding the same value twice gives the same bytes, whatever was encoded before. That they
 *       are the same on every machine, under every release that writes the format, is
 *       <em>untested</em> here; golden bytes in the codec's own tests show it.
 *   <li>A codec holds no state between calls; any thread may call it, also while others do.
 *   <li>{@code writeState} followed by {@code readState} restores an equal state, sessions, ACLs
 *       and digest included, and says what the {@link io.quorate.spi.codec.CodecConfiguration}
 *       asked it to record.
 *   <li>{@code zxidOf} gives the zxid of the record's header. It may be asked of bytes that are
 *       damaged behind it, and then gives that zxid or {@link io.quorate.spi.codec.CodecException}.
 *   <li>A record longer than {@link io.quorate.spi.codec.CodecConfiguration#maxRecordBytes} is
 *       refused by {@code decode}, and so is a longer value within a state by {@code readState},
 *       before memory is taken for it.
 *   <li>A state that was cut off, or that differs from the one written in a bit or in what follows
 *       its end, gives {@link io.quorate.spi.codec.CodecException}, which says at which byte. A
 *       prefix that a former version of the format ended with is allowed if everything but the
 *       digest and the last zxid is restored from it. The stream may give as little at a time as it
 *       likes.
 *   <li>Failures of the streams come through as they are. Neither stream is closed.
 *   <li>{@code name} is that of the provider, and a state begins with what {@link
 *       io.quorate.spi.codec.FormatMark} gives for it.
 *   <li>States are streams: memory for writing or reading one does not grow with the number of
 *       znodes, only with that of different access control lists. <em>Untested.</em>
 *   <li>A codec opens no files, starts no threads, waits for nothing but its streams, and leaves
 *       nothing behind in threads that called it. <em>Untested.</em>
 * </ol>
 */
@NullMarked
package io.quorate.spi.codec;

import org.jspecify.annotations.NullMarked;

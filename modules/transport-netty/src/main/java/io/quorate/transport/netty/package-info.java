/**
 * Transport over Netty, with native epoll where present.
 *
 * <p>How a byte travels: all reads of a loop fill one direct buffer; its content is copied once,
 * into one array of the loop, behind what the connection kept of a partial frame, and given to the
 * handler. What is written is copied once, into one pooled direct buffer of the connection, and
 * goes to the socket with one system call a flush. An idle connection holds neither array nor
 * buffer.
 *
 * <p>Netty's decoders, promises with listeners and write-buffer water marks are not used: the
 * server decides about frames and back-pressure.
 *
 * <p>The native library is found as {@code libnetty_transport_native_epoll_x86_64.so} on the
 * library path, or unpacked from its jar. Netty runs without {@code sun.misc.Unsafe} on Java 25 and
 * is not measurably slower for it here, so no flag for that is needed.
 */
@NullMarked
package io.quorate.transport.netty;

import org.jspecify.annotations.NullMarked;

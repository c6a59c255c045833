/** Transport over Netty, with native epoll where present. */
@NullMarked
package io.quorate.transport.netty;

import org.jspecify.annotations.NullMarked;

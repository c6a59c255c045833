/**
 * ZooKeeper's own bytes: the messages between clients and servers (reference section 1), and the
 * {@code jute} codec for transactions and states at rest (reference sections 4.2 and 4.3).
 *
 * <p>The client wire is always Jute, whatever codec a server keeps its data in. Numbers are
 * big-endian. Text is written as UTF-8; what Apache's Java writer makes of characters outside the
 * basic plane (two three-byte sequences) is understood as well, except in paths, whose bytes are
 * kept as they came.
 */
@NullMarked
package io.quorate.jute;

import org.jspecify.annotations.NullMarked;

/**
 * The codec {@code kryo}: transactions and states in fewer bytes than Apache's formats take.
 *
 * <p>A record is a byte for the version of the format, a byte of flags, the zxid, the rest of the
 * header, and the transaction as Kryo writes it: the number of its class, then its fields. A state
 * is the {@link io.quorate.spi.codec.FormatMark}, the version, and blocks with a checksum each; in
 * the blocks, sessions and znodes follow one another as Kryo writes them. Numbers are of variable
 * length. Which classes may occur, and their numbers, is fixed in one table; nothing is found by
 * reflection, no class is looked up by its name, and lengths are checked before memory is taken.
 */
@NullMarked
package io.quorate.codec.kryo;

import org.jspecify.annotations.NullMarked;

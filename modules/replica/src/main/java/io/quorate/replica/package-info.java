/**
 * One server's deterministic core: {@link io.quorate.replica.Replica#step} takes an input and calls
 * effects. The same inputs give the same effects, byte for byte.
 */
@NullMarked
package io.quorate.replica;

import org.jspecify.annotations.NullMarked;

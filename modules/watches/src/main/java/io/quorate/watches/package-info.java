/** Watches: one-shot, persistent and recursive. Pure. */
@NullMarked
package io.quorate.watches;

import org.jspecify.annotations.NullMarked;

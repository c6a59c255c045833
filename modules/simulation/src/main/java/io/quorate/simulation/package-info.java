/** Deterministic simulator: virtual clock, network and disk. */
@NullMarked
package io.quorate.simulation;

import org.jspecify.annotations.NullMarked;

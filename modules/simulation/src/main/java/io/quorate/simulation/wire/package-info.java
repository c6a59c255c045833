/** The simulation's own reader and writer of client frames, log records and snapshots. */
@NullMarked
package io.quorate.simulation.wire;

import org.jspecify.annotations.NullMarked;

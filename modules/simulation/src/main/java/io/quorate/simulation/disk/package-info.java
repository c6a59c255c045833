/** A disk in memory that loses what was not synced, and fails when told to. */
@NullMarked
package io.quorate.simulation.disk;

import org.jspecify.annotations.NullMarked;

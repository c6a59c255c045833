/** Draws requests: every operation, every error, odd paths, ACLs and bodies. */
@NullMarked
package io.quorate.simulation.generate;

import org.jspecify.annotations.NullMarked;

/** Virtual time, threads, network and clients around the real core and the real connections. */
@NullMarked
package io.quorate.simulation.engine;

import org.jspecify.annotations.NullMarked;

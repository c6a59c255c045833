/**
 * What happened in one run, as plain values: requests, answers, events, connections, and the
 * transactions that the disk holds. Shares nothing with the server's own types.
 */
@NullMarked
package io.quorate.simulation.history;

import org.jspecify.annotations.NullMarked;

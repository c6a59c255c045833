/**
 * An independent model of what a ZooKeeper server does to its znodes, sessions and watches: plain
 * maps and strings, slow and simple, written from the reference and sharing no code with the
 * server. The history checker holds every answer of the server against it.
 */
@NullMarked
package io.quorate.simulation.model;

import org.jspecify.annotations.NullMarked;

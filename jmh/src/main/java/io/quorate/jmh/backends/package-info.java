/**
 * Benchmarks of back-ends: the same for every storage and codec that is found, plug-ins included.
 */
@NullMarked
package io.quorate.jmh.backends;

import org.jspecify.annotations.NullMarked;

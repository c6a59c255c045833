/** The command {@code jmh/bench}: runs benchmarks of back-ends and reports them. */
@NullMarked
package io.quorate.jmh.command;

import org.jspecify.annotations.NullMarked;

/** JMH benchmarks of the parts; {@code compare} measures the whole. */
@NullMarked
package io.quorate.jmh;

import org.jspecify.annotations.NullMarked;

/**
 * Where numbers go.
 *
 * <p>Rules:
 *
 * <ol>
 *   <li>{@code add} and {@code set} are called on hot paths: they neither block nor allocate.
 *   <li>Any thread may call any method.
 *   <li>The same name gives the same instrument.
 * </ol>
 */
@NullMarked
package io.quorate.spi.metrics;

import org.jspecify.annotations.NullMarked;

/**
 * Where numbers go.
 *
 * <p>Rules; those that no test can show are marked <em>untested</em>, the others are shown by
 * {@code MetricsContract} of the module {@code io.quorate.spi.metrics.tck}:
 *
 * <ol>
 *   <li>{@code add} is called on hot paths: it neither blocks nor takes memory, also while others
 *       dump or ask for instruments.
 *   <li>Any thread may call any method at any time, and nothing that was added is lost by it; a
 *       {@code reset} meanwhile may take it.
 *   <li>The same name gives the same instrument, for the provider's life.
 *   <li>A counter is in the dump under its name, with the sum of what was added, from when it was
 *       first asked for. A provider that only sends numbers elsewhere dumps nothing, ever.
 *   <li>A summary is there as {@code avg_}, {@code min_}, {@code max_}, {@code cnt_} and {@code
 *       sum_} and its name, all 0 while nothing came in; an advanced one also as {@code p50_},
 *       {@code p95_}, {@code p99_} and {@code p999_}, within a tenth.
 *   <li>A dump is the caller's: it does not change. Names keep their order from dump to dump; new
 *       ones may come in between.
 *   <li>{@code reset} sets counters and summaries to 0; instruments asked for before go on.
 *   <li>{@code configure} is called once, before anything but {@code name}, and ignores what is not
 *       its own. A wrong setting is an {@link IllegalArgumentException} that names the key.
 *   <li>{@code add} takes any value a caller has and never throws. What a sample below 0 counts as
 *       is the provider's choice; counters are given none.
 *   <li>A provider that sends numbers elsewhere does so from threads of its own, and a failure of
 *       the other end reaches no caller. <em>Untested.</em>
 * </ol>
 */
@NullMarked
package io.quorate.spi.metrics;

import org.jspecify.annotations.NullMarked;

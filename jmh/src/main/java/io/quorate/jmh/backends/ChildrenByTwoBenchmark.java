package io.quorate.jmh.backends;

import org.openjdk.jmh.annotations.Threads;

/**
 * The lists of {@link ChildrenBenchmark} by two threads together; the time is a thread's for one.
 */
@Threads(2)
public class ChildrenByTwoBenchmark extends ChildrenBenchmark {}

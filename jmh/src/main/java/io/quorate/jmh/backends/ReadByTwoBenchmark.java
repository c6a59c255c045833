package io.quorate.jmh.backends;

import org.openjdk.jmh.annotations.Threads;

/**
 * The reads of {@link ReadBenchmark} by two threads together; the time is a thread's for a read.
 */
@Threads(2)
public class ReadByTwoBenchmark extends ReadBenchmark {}

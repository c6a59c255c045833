/**
 * A storage that keeps all in memory and writes one file: {@code storage=memory-file}.
 *
 * <p>The numbers of rules in comments are those on the package page of {@code
 * io.quorate.spi.storage}.
 */
package com.example.memoryfile;

/**
 * The tests that every storage passes. A provider's test extends {@link
 * io.quorate.spi.storage.tck.StorageContract} and gives it the provider; the names of the tests
 * begin with the numbers of the rules on the package page of {@link io.quorate.spi.storage}.
 *
 * <p>A storage that keeps znodes itself extends {@link
 * io.quorate.spi.storage.tck.TreeStoreContract} too, whose numbers are those of the rules of {@link
 * io.quorate.api.TreeStore}; so does any other tree store.
 *
 * <p>{@link io.quorate.spi.storage.tck.FaultyStorage} is for those who use a storage: it passes the
 * same tests until it is told to fail.
 */
@NullMarked
package io.quorate.spi.storage.tck;

import org.jspecify.annotations.NullMarked;

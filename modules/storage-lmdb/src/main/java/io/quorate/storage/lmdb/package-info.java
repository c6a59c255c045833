/**
 * Storage in a memory map: znodes are in an LMDB file, changes since its last checkpoint in layers
 * above it on the heap, and the transaction log makes them durable meanwhile.
 */
@NullMarked
package io.quorate.storage.lmdb;

import org.jspecify.annotations.NullMarked;

package io.quorate.storage.lmdb;

/** Bytes outside the heap: where they are and how many. Reused; belongs to one thread at a time. */
final class Slice {
  long address;
  long length;

  Slice set(long address, long length) {
    this.address = address;
    this.length = length;
    return this;
  }
}

package io.quorate.storage.lmdb;

/** A checkpoint for each few changes. */
class SmallLayersTest extends LmdbTreeStoreContractTest {
  SmallLayersTest() {
    super(5_000);
  }
}

package io.quorate.storage.lmdb;

/** Only checkpoints that are asked for. */
class LargeLayersTest extends LmdbTreeStoreContractTest {
  LargeLayersTest() {
    super(64 << 20);
  }
}

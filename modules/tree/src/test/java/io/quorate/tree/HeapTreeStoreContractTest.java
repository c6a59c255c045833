package io.quorate.tree;

import io.quorate.api.EphemeralOwner;
import io.quorate.api.TreeStore;
import io.quorate.spi.storage.tck.TreeStoreContract;
import java.util.concurrent.atomic.AtomicInteger;

class HeapTreeStoreContractTest extends TreeStoreContract {
  private final AtomicInteger seed = new AtomicInteger();

  @Override
  protected TreeStore create(EphemeralOwner.Encoding encoding, boolean digests) {
    return new HeapTreeStore(seed.getAndIncrement(), encoding, digests);
  }
}

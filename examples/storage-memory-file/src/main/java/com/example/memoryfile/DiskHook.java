package com.example.memoryfile;

import java.io.IOException;

/** Is called before each write, fsync and rename, so that tests can let them fail. */
@FunctionalInterface
interface DiskHook {
  /** Throws where the disk is to fail. */
  void beforeOperation() throws IOException;
}

/**
 * Storage in files of the ZooKeeper formats (reference section 4): transaction logs, snapshots and
 * epochs in {@code version-2} folders that Apache ZooKeeper 3.5 to 3.9 can open, and the other way
 * round.
 */
@NullMarked
package io.quorate.storage.files;

import org.jspecify.annotations.NullMarked;

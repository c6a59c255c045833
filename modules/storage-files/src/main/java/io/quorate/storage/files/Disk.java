package io.quorate.storage.files;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Every call that changes the disk goes through here, so that tests can make each of them fail or
 * lose what was not yet on stable storage.
 */
interface Disk {
  /** Creates a file that must not exist. Its directory entry is not durable yet. */
  DiskFile create(Path path) throws IOException;

  /** Opens a file that exists, to change it. */
  DiskFile open(Path path) throws IOException;

  /** Renames at once, replacing what has the new name. Not durable before the directory is. */
  void rename(Path from, Path to) throws IOException;

  /** Deletes a file; nothing happens if it is not there. */
  void delete(Path path) throws IOException;

  /** Puts creations, renames and deletions in this directory on stable storage. */
  void syncDirectory(Path directory) throws IOException;
}

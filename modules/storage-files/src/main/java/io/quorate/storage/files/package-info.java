/** Storage in files of the ZooKeeper formats. */
@NullMarked
package io.quorate.storage.files;

import org.jspecify.annotations.NullMarked;

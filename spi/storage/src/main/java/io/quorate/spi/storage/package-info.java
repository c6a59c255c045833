/**
 * Storage keeps what must survive: the transaction log, states to start from, and epochs.
 *
 * <p>Rules; those that no test can show are marked <em>untested</em>, the others are shown by
 * {@code StorageContract} of the module {@code io.quorate.spi.storage.tck}, and those of a
 * storage's own tree store by {@code TreeStoreContract}:
 *
 * <ol>
 *   <li>When {@link io.quorate.spi.storage.TransactionLog#force} returns, every record appended
 *       before is on stable storage, with the file's length and its directory entry; no crash or
 *       power cut takes it away. That a power cut does not is <em>untested</em> here: the tests
 *       copy the files of a living storage, which is what a killed process leaves.
 *   <li>After any method throws {@link java.io.IOException} the storage is not used again but for
 *       {@code close}; nothing is retried.
 *   <li>{@link io.quorate.spi.storage.TransactionLog#replay} gives records in zxid order without a
 *       gap; a torn last record is dropped silently, any other damage throws {@link
 *       io.quorate.spi.storage.CorruptStorageException}, which names file and offset and says what
 *       to do.
 *   <li>A snapshot is visible to {@code load} only when it is whole and on stable storage.
 *   <li>Purging keeps at least one snapshot that was read back or written whole, and every log
 *       record after the oldest kept one.
 *   <li>{@link io.quorate.spi.storage.TransactionLog} belongs to the log writer's thread, {@link
 *       io.quorate.spi.storage.Snapshots} to the snapshot helper's; start-up and {@code close} may
 *       use both from one thread, and {@code replay} may run on a thread of its own while its
 *       records are applied on another. That is for the caller: <em>untested</em>.
 *   <li>A data directory in use by a living process is refused, naming the process id.
 *   <li>When {@code replay} returns, what it gave is on stable storage, also if the process that
 *       wrote it ended before its {@code force}, and what it dropped does not come back.
 *   <li>Logs do not stand alone: whoever gets {@link
 *       io.quorate.spi.storage.Snapshots.Loaded#NOTHING} writes a first state before the first
 *       append, and {@code load} refuses records without a state unless that was allowed.
 *   <li>What a state contains is not taken back: {@code truncate} below the newest state is
 *       refused.
 *   <li>An epoch is either the old or the new one, whenever the power is cut; a damaged one throws
 *       {@link io.quorate.spi.storage.CorruptStorageException}.
 * </ol>
 */
@NullMarked
package io.quorate.spi.storage;

import org.jspecify.annotations.NullMarked;

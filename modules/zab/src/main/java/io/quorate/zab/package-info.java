/**
 * Zab: orders opaque transactions and says when each is committed. Pure. Source: Junqueira, Reed,
 * Serafini, "Zab: High-performance broadcast for primary-backup systems", DSN 2011.
 */
@NullMarked
package io.quorate.zab;

import org.jspecify.annotations.NullMarked;

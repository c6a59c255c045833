/** Sessions: table, expiry buckets, ids, passwords. Pure; time comes in as arguments. */
@NullMarked
package io.quorate.sessions;

import org.jspecify.annotations.NullMarked;

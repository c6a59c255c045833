/**
 * The vocabulary of Quorate: immutable values and the sealed sets of requests, replies and
 * transactions. Nothing here does I/O or keeps time.
 */
@NullMarked
package io.quorate.api;

import org.jspecify.annotations.NullMarked;

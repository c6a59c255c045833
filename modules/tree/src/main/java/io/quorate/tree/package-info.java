/**
 * Znodes: what a request would do to them, how a transaction changes them, and consistent views.
 * Pure; knows nothing of sessions' life, watches or ACL schemes.
 */
@NullMarked
package io.quorate.tree;

import org.jspecify.annotations.NullMarked;

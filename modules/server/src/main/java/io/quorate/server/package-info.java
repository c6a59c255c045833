/** The loops that carry inputs to the replica and its effects to the providers; configuration. */
@NullMarked
package io.quorate.server;

import org.jspecify.annotations.NullMarked;

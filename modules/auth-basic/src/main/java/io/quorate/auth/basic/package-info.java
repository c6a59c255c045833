/** The authentication schemes ip, digest, ensemble and key. */
@NullMarked
package io.quorate.auth.basic;

import org.jspecify.annotations.NullMarked;

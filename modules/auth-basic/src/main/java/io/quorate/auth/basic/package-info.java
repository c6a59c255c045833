/** The schemes world, auth, digest, ip and x509. */
@NullMarked
package io.quorate.auth.basic;

import org.jspecify.annotations.NullMarked;

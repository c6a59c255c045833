/**
 * Authentication schemes.
 *
 * <p>Rules; those that no test can show are marked <em>untested</em>, the others are shown by
 * {@code AuthContract} and {@code SaslContract} of the module {@code io.quorate.spi.auth.tck}:
 *
 * <ol>
 *   <li>{@code matches} and {@code isValid} are pure: the same arguments and settings give the same
 *       answer on every server of an ensemble, at any time. Like {@code userName} they take any
 *       text and do not throw.
 *   <li>{@code authenticate} does not block; any thread may call any method, also while others do.
 *   <li>Credentials are never put in a message, an exception, a user name or a log. The last is
 *       <em>untested</em>.
 *   <li>A failed authentication is {@link io.quorate.spi.auth.AuthProvider.Outcome#FAILED}, not an
 *       exception; whatever is thrown counts as failed.
 *   <li>A SASL exchange belongs to one connection and knows nothing of others; it gives ids only
 *       when it is complete. What it throws other than {@code FailedException} counts as that.
 *       After either it is not used again.
 *   <li>{@code scheme} is the same at any time, of letters, digits and {@code . _ -}, and none of
 *       world, auth and super, which are the server's. {@code aliases} and {@code enabledByDefault}
 *       are the same at any time too.
 *   <li>{@code configure} is called once and before anything but the methods of rule 6. It ignores
 *       what is not its own. A wrong setting is an {@link IllegalArgumentException} that names the
 *       key, and the value unless it is a secret. A SASL provider that is not configured starts no
 *       exchange.
 *   <li>An outcome that accepts gives ids of this scheme or the id "super" with an empty name, and
 *       does not disconnect; one that refuses gives none. Credentials are not changed.
 *   <li>An id of this scheme that a connection gets, by {@code authenticate} or {@code onConnect},
 *       is one that an ACL may hold, and it satisfies itself.
 *   <li>{@code onConnect} tells by the address alone: the same ids each time.
 *   <li>The view that {@code authenticate} is given is not used after the call.
 *   <li>A provider starts no threads and opens no connections; files it reads in {@code configure}
 *       only. <em>Untested.</em>
 * </ol>
 */
@NullMarked
package io.quorate.spi.auth;

import org.jspecify.annotations.NullMarked;

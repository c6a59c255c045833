/**
 * Authentication schemes.
 *
 * <p>Rules:
 *
 * <ol>
 *   <li>{@code matches} and {@code isValid} are pure: the same arguments give the same answer on
 *       every server of an ensemble, at any time.
 *   <li>{@code authenticate} does not block; any thread may call any method.
 *   <li>Credentials are never put in a message, an exception or a log.
 *   <li>A failed authentication is {@link io.quorate.spi.auth.AuthProvider.Outcome#FAILED}, not an
 *       exception; whatever is thrown counts as failed.
 * </ol>
 */
@NullMarked
package io.quorate.spi.auth;

import org.jspecify.annotations.NullMarked;

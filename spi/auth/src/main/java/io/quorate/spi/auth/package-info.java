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
 *   <li>A SASL exchange belongs to one connection; what it throws other than {@code
 *       FailedException} counts as that. After either it is not used again.
 * </ol>
 */
@NullMarked
package io.quorate.spi.auth;

import org.jspecify.annotations.NullMarked;

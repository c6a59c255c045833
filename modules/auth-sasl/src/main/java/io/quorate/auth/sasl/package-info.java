/** The SASL scheme. */
@NullMarked
package io.quorate.auth.sasl;

import org.jspecify.annotations.NullMarked;

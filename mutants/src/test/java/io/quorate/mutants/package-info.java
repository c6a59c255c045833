/** Providers that are wrong on purpose: the contract tests of the SPIs have to catch each. */
@NullMarked
package io.quorate.mutants;

import org.jspecify.annotations.NullMarked;

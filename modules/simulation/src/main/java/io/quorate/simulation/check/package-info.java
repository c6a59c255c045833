/**
 * Holds a recorded history against the rules of the reliability reference, section 3. Each
 * violation names its rule.
 */
@NullMarked
package io.quorate.simulation.check;

import org.jspecify.annotations.NullMarked;

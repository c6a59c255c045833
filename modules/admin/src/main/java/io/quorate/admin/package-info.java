/** Four-letter words, metrics and the log of pauses, over the published view of the server. */
@NullMarked
package io.quorate.admin;

import org.jspecify.annotations.NullMarked;

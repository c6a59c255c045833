/** Four-letter words, HTTP admin, JMX and metrics pages over the published view of the server. */
@NullMarked
package io.quorate.admin;

import org.jspecify.annotations.NullMarked;

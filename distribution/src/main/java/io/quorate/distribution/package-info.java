/** What the build of the image runs; nothing of it is in the image. */
@NullMarked
package io.quorate.distribution;

import org.jspecify.annotations.NullMarked;

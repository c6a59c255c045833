package io.quorate.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What an author of a plug-in may count on from release to release. Releases are numbered
 * MAJOR.MINOR.PATCH; before 1.0.0 a MINOR counts as a MAJOR. A nested type has the level of the
 * type around it, and another that of its package, unless it has its own. Every public type of
 * {@code io.quorate.spi.*} has one; those of {@code io.quorate.api} that have none are {@link
 * Evolving}.
 *
 * <p>The promise is about the numbered rules as much as about the signatures. A rule becomes
 * stricter for providers, or weaker for their callers, only where a signature could change.
 */
public final class Stability {
  private Stability() {}

  /**
   * What was compiled against it goes on working within a MAJOR release. New methods come with a
   * default body that keeps the rules; nothing is removed without having been deprecated for a
   * whole MAJOR before.
   */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.PACKAGE, ElementType.TYPE, ElementType.METHOD})
  public @interface Stable {}

  /**
   * May change with a MINOR release; the changelog then says what to do. A PATCH release changes
   * nothing. The contract tests are of this level: new tests of a rule may fail a provider that
   * passed before, which then was wrong before.
   */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.PACKAGE, ElementType.TYPE, ElementType.METHOD})
  public @interface Evolving {}

  /** For Quorate's own modules, public only since they are several. May change at any time. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.PACKAGE, ElementType.TYPE, ElementType.METHOD})
  public @interface Internal {}
}

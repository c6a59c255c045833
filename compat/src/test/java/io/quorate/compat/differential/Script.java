package io.quorate.compat.differential;

import java.util.List;

/**
 * What several clients do, one after the other.
 *
 * @param clients number of clients; the steps name them from 0
 */
public record Script(String name, int clients, List<Step> steps) {
  public Script withSteps(List<Step> other) {
    return new Script(name, clients, other);
  }
}

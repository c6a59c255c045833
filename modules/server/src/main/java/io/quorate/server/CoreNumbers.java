package io.quorate.server;

import io.quorate.replica.Replica;
import java.util.Map;

/** Numbers of the core, written at the end of each turn and read by anyone, a moment old. */
final class CoreNumbers {
  private volatile int watches;
  private volatile int outstanding;
  private volatile int sessions;
  private volatile Map<String, Long> quotaRefusals = Map.of();
  private long refusals;

  void update(Replica replica) {
    int w = replica.watchTable().size();
    if (w != watches) {
      watches = w;
    }
    int o = replica.outstanding();
    if (o != outstanding) {
      outstanding = o;
    }
    int s = replica.sessionTable().size();
    if (s != sessions) {
      sessions = s;
    }
    if (replica.quotaRefusals().total() != refusals) {
      refusals = replica.quotaRefusals().total();
      quotaRefusals = replica.quotaRefusals().byNamespace();
    }
  }

  int watches() {
    return watches;
  }

  int outstanding() {
    return outstanding;
  }

  int sessions() {
    return sessions;
  }

  Map<String, Long> quotaRefusals() {
    return quotaRefusals;
  }
}

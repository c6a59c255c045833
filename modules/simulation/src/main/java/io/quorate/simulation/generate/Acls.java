package io.quorate.simulation.generate;

import io.quorate.simulation.history.AclEntry;
import io.quorate.simulation.model.Access;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ACLs: mostly open, some that keep others out, some that are wrong. */
final class Acls {
  static final List<String> USERS = List.of("ann:x", "bob:y", "cid:z:z");

  private static final List<AclEntry> OPEN = List.of(new AclEntry(31, "world", "anyone"));

  private final Dice dice;

  Acls(Dice dice) {
    this.dice = dice;
  }

  /** Any list, seldom null. */
  @Nullable List<AclEntry> any() {
    if (dice.chance(0.72)) {
      return OPEN;
    }
    if (dice.chance(0.03)) {
      return null;
    }
    List<AclEntry> list = new ArrayList<>();
    int n = dice.chance(0.05) ? 0 : dice.between(1, 3);
    for (int i = 0; i < n; i++) {
      list.add(entry());
    }
    if (n > 0 && dice.chance(0.2)) {
      list.add(list.getFirst());
    }
    return list;
  }

  private AclEntry entry() {
    int perms = dice.chance(0.3) ? 31 : dice.below(33);
    return switch (dice.below(14)) {
      case 0, 1, 2 -> new AclEntry(perms, "world", "anyone");
      case 3, 4, 5 -> new AclEntry(perms, "digest", Access.digestId(dice.pick(USERS)));
      case 6, 7 -> new AclEntry(perms, "auth", dice.chance(0.5) ? "" : "ignored");
      case 8, 9 ->
          new AclEntry(perms, "ip", dice.pick(List.of("10.0.0.1", "10.0.0.0/24", "10.0.0.2/31")));
      case 10 -> new AclEntry(perms, "world", "somebody");
      case 11 -> new AclEntry(perms, "digest", dice.pick(List.of("ann", "a:b:c", ":")));
      case 12 -> new AclEntry(perms, "ip", dice.pick(List.of("10.0.0", "10.0.0.1/33", "x")));
      default -> new AclEntry(perms, dice.pick(List.of("nosuch", "super", "")), "x");
    };
  }
}

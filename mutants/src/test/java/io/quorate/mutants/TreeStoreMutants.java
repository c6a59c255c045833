package io.quorate.mutants;

import io.quorate.api.Acl;
import io.quorate.api.LoadedZnode;
import io.quorate.api.TreeReader;
import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.api.ZnodePath;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Wrong tree stores. */
final class TreeStoreMutants {
  private static final List<Mutant<?>> ALL = new ArrayList<>();
  private static final String RANDOM = "rules1To9RandomWorkIsAsPlainMaps";
  private static final String WHOLE = "rule11ReadersOnOtherThreadsSeeWholeStates";

  /** Which argument of load is the ACL's version. */
  private TreeStoreMutants() {}

  private static void add(String wrong, String caughtBy, UnaryOperator<TreeStore> twist) {
    ALL.add(new Mutant<>(Subjects.OfTreeStore.class, wrong, caughtBy, twist));
  }

  private static void add(String wrong, String caughtBy, String method, Twist.Instead instead) {
    add(wrong, caughtBy, right -> Twist.of(TreeStore.class, right, method, instead));
  }

  static List<Mutant<?>> all() {
    ALL.clear();
    add("forgets sessions", RANDOM, "putSession", (a, right) -> null);
    add(
        "seals a view with a zxid one too high",
        "rule2ReadersSeeOnlyWhatIsPublished",
        "seal",
        (a, right) -> right.call((Long) a[0] + 1));
    add("forgets to roll back", "rule3RollbackGoesBackToWhatIsPublished", "rollback", NOTHING);
    add("clears nothing", "rule3ClearLeavesTheRootAndWhatIsPublished", "clear", NOTHING);
    add(
        "overlooks broken assumptions",
        "rule4BrokenAssumptionsAreBugs",
        "delete",
        (a, right) -> {
          try {
            return right.call(a);
          } catch (IllegalStateException e) {
            return null;
          }
        });
    add("does not undo", "rule5UndoGoesBackToTheSavepoint", "undo", NOTHING);
    add(
        "a deletion does not move its parent's zxid",
        "rule6CreatedChildrenAndPzxidOnlyMoveForward",
        "delete",
        (a, right) -> right.call(a[0], 1L));
    add("throws away what it was told to overwrite", RANDOM, "overwriteData", (a, right) -> null);
    add("a view's digest is one too high", RANDOM, TreeStoreMutants::wrongDigest);
    add("a view leaves out one of the lists", RANDOM, TreeStoreMutants::oneListMissing);
    add("applies each deletion after the next one", RANDOM, TreeStoreMutants::late);
    add(
        "readers see the view that was published before the newest",
        "rule2ReadersSeeOnlyWhatIsPublished",
        TreeStoreMutants::staleReaders);
    loading();
    readers();
    add(
        "makes the znodes that it is to expect",
        "rule12ExpectingChangesNothing",
        TreeStoreMutants::makesWhatItExpects);
    return List.copyOf(ALL);
  }

  private static final Twist.Instead NOTHING = (a, right) -> null;

  private static void loading() {
    add(
        "does not load the root, which it has already",
        "rule10TheRootIsLoaded",
        "load",
        (a, right) -> ((LoadedZnode) a[0]).path().isRoot() ? null : right.call(a));
    add(
        "loads no versions of ACLs",
        "rule10AllOfAStateIsLoaded",
        "load",
        (a, right) -> {
          LoadedZnode z = (LoadedZnode) a[0];
          return right.call(
              new LoadedZnode(
                  z.path(),
                  z.data(),
                  z.acl(),
                  z.czxid(),
                  z.mzxid(),
                  z.pzxid(),
                  z.ctime(),
                  z.mtime(),
                  z.version(),
                  z.createdChildren(),
                  0,
                  z.ephemeralOwner()));
        });
    add(
        "makes a new list of each ACL",
        "rule10AListIsKnownByIdentity",
        "create",
        (a, right) -> {
          Object[] copied = a.clone();
          copied[2] = new Acl(((Acl) a[2]).entries());
          return right.call(copied);
        });
  }

  private static void readers() {
    add(
        "readers on other threads see what the owner is working on",
        WHOLE,
        store ->
            Twist.of(
                TreeStore.class,
                store,
                "reader",
                (a, reader) ->
                    Twist.of(
                        TreeReader.class,
                        (TreeReader) reader.call(a),
                        "latest",
                        (b, latest) -> store.head())));
    add("a reader sees an older view after a newer one", WHOLE, TreeStoreMutants::backward);
  }

  /** Each second answer to a reader is its first again. */
  private static TreeStore backward(TreeStore right) {
    return Twist.of(
        TreeStore.class,
        right,
        "reader",
        (a, reader) -> {
          @Nullable TreeView[] first = {null};
          boolean[] newestIsDue = {false};
          return Twist.of(
              TreeReader.class,
              (TreeReader) reader.call(a),
              "latest",
              (b, latest) -> {
                TreeView newest = (TreeView) latest.call(b);
                if (first[0] == null) {
                  first[0] = newest;
                }
                newestIsDue[0] = !newestIsDue[0];
                return newestIsDue[0] ? newest : first[0];
              });
        });
  }

  private static TreeStore wrongDigest(TreeStore right) {
    return Twist.of(
        TreeStore.class,
        right,
        "head",
        (a, head) ->
            Twist.of(
                TreeView.class,
                (TreeView) head.call(a),
                "digest",
                (b, digest) -> (Long) digest.call(b) + 1));
  }

  @SuppressWarnings("unchecked") // the method's only parameter
  private static TreeStore oneListMissing(TreeStore right) {
    return Twist.of(
        TreeStore.class,
        right,
        "head",
        (a, head) ->
            Twist.of(
                TreeView.class,
                (TreeView) head.call(a),
                "acls",
                (b, acls) -> {
                  Consumer<Acl> all = (Consumer<Acl>) b[0];
                  Consumer<Acl> rest =
                      acl -> {
                        if (!acl.equals(Acl.OPEN)) {
                          all.accept(acl);
                        }
                      };
                  return acls.call(rest);
                }));
  }

  private static TreeStore late(TreeStore right) {
    Object[][] waiting = {null};
    return Twist.of(
        TreeStore.class,
        right,
        "delete",
        (a, delete) -> {
          if (waiting[0] != null) {
            delete.call(waiting[0]);
          }
          waiting[0] = a.clone();
          return null;
        });
  }

  private static TreeStore makesWhatItExpects(TreeStore right) {
    return Twist.of(
        TreeStore.class,
        right,
        "expect",
        (a, expect) -> {
          ZnodePath made = ZnodePath.of("/none");
          if (((List<?>) a[0]).contains(made) && right.head().find(made) == null) {
            right.create(made, null, Acl.OPEN, 0, 1, 1, 1);
          }
          return null;
        });
  }

  private static TreeStore staleReaders(TreeStore right) {
    @Nullable TreeView[] last = {null, null};
    TreeStore published =
        Twist.of(
            TreeStore.class,
            right,
            "publish",
            (a, publish) -> {
              publish.call(a);
              last[0] = last[1];
              last[1] = (TreeView) a[0];
              return null;
            });
    return Twist.of(
        TreeStore.class,
        published,
        "reader",
        (a, reader) ->
            Twist.of(
                TreeReader.class,
                (TreeReader) reader.call(a),
                "latest",
                (b, latest) -> last[0] == null ? latest.call(b) : last[0]));
  }
}

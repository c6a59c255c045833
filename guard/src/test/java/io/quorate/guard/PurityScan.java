package io.quorate.guard;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks in a compiled class for what the pure ring may not use.
 *
 * <p>Two runs with the same inputs must do the same, so besides the outside world (files, sockets,
 * threads, clocks, random numbers) also what depends on addresses, on the garbage collector or on
 * the salt of this run is forbidden: identity hashes, weak references, and the iteration order of
 * {@code Set.of} and {@code Map.of} with more than one entry. A class that only sits in the
 * constant pool counts: the ring has no use for it.
 */
final class PurityScan {
  /** Packages ("a/b/") and classes ("a/b/C") that may not occur. */
  private static final List<String> TYPES =
      List.of(
          "java/io/",
          "java/net/",
          "java/nio/channels/",
          "java/nio/file/",
          "java/lang/Process",
          "java/lang/ProcessBuilder",
          "java/lang/Runtime",
          "java/lang/Thread",
          "java/lang/ThreadLocal",
          "java/lang/System$Logger",
          "java/lang/foreign/",
          "java/lang/ref/",
          "java/lang/reflect/",
          "java/security/SecureRandom",
          "java/time/Clock",
          "java/util/Calendar",
          "java/util/Date",
          "java/util/IdentityHashMap",
          "java/util/Random",
          "java/util/SplittableRandom",
          "java/util/Timer",
          "java/util/UUID",
          "java/util/WeakHashMap",
          "java/util/concurrent/",
          "java/util/logging/",
          "java/util/random/",
          "org/slf4j/",
          "sun/",
          "jdk/");

  /** Methods and fields ("owner.name") that may not be used. */
  private static final Set<String> MEMBERS =
      Set.of(
          "java/lang/Math.random",
          "java/lang/Object.notify",
          "java/lang/Object.notifyAll",
          "java/lang/Object.wait",
          "java/lang/StrictMath.random",
          "java/lang/System.console",
          "java/lang/System.currentTimeMillis",
          "java/lang/System.err",
          "java/lang/System.exit",
          "java/lang/System.getProperty",
          "java/lang/System.getenv",
          "java/lang/System.identityHashCode",
          "java/lang/System.in",
          "java/lang/System.load",
          "java/lang/System.loadLibrary",
          "java/lang/System.nanoTime",
          "java/lang/System.out",
          "java/util/Collections.shuffle",
          "java/util/Map.copyOf",
          "java/util/Map.ofEntries",
          "java/util/Set.copyOf",
          "java/util/stream/Collectors.toUnmodifiableMap",
          "java/util/stream/Collectors.toUnmodifiableSet");

  private PurityScan() {}

  /** What is forbidden in this class file, as a person reads it; empty if nothing. */
  static List<String> scan(byte[] classFile) {
    ClassModel model = ClassFile.of().parse(classFile);
    if (model.findAttribute(Attributes.module()).isPresent()) {
      return List.of();
    }
    Set<String> found = new TreeSet<>();
    for (PoolEntry entry : model.constantPool()) {
      switch (entry) {
        case ClassEntry type -> checkType(found, type.asInternalName());
        case MemberRefEntry member -> checkMember(found, member);
        default -> {}
      }
    }
    model.fields().forEach(field -> checkField(found, field));
    model.methods().forEach(method -> checkMethod(found, method));
    return new ArrayList<>(found);
  }

  private static void checkType(Set<String> found, String name) {
    for (String forbidden : TYPES) {
      boolean matches =
          forbidden.endsWith("/")
              ? name.startsWith(forbidden)
              : name.equals(forbidden) || name.startsWith(forbidden + "$");
      if (matches && !isHarmless(name)) {
        found.add(name.replace('/', '.'));
      }
    }
  }

  /** Types that stand in a forbidden package without reaching the world. */
  private static boolean isHarmless(String name) {
    return name.equals("java/io/Serializable");
  }

  private static void checkMember(Set<String> found, MemberRefEntry member) {
    String owner = member.owner().asInternalName();
    String name = member.name().stringValue();
    String descriptor = member.type().stringValue();
    boolean parallel =
        name.equals("parallelStream")
            || (name.equals("parallel") && owner.startsWith("java/util/stream/"))
            || (name.startsWith("parallel") && owner.equals("java/util/Arrays"));
    boolean now = name.equals("now") && owner.startsWith("java/time/");
    if (parallel
        || now
        || isSalted(owner, name, descriptor)
        || MEMBERS.contains(dot(owner, name))) {
      found.add(dot(owner, name).replace('/', '.'));
    }
  }

  private static String dot(String owner, String name) {
    return owner + "." + name;
  }

  /** Whether this is {@code Set.of} or {@code Map.of} with more than one entry. */
  private static boolean isSalted(String owner, String name, String descriptor) {
    if (!name.equals("of")) {
      return false;
    }
    String arguments = descriptor.substring(1, descriptor.indexOf(')'));
    long count = arguments.chars().filter(c -> c == ';').count();
    return switch (owner) {
      case "java/util/Set" -> count > 1 || arguments.startsWith("[");
      case "java/util/Map" -> count > 2;
      default -> false;
    };
  }

  private static void checkField(Set<String> found, FieldModel field) {
    String name = field.fieldName().stringValue();
    if (field.flags().has(AccessFlag.VOLATILE)) {
      found.add("volatile " + name);
    }
    // The compiler keeps a table of its own, for switches over enums, in a field that is not final.
    if (field.flags().has(AccessFlag.STATIC)
        && !field.flags().has(AccessFlag.FINAL)
        && !field.flags().has(AccessFlag.SYNTHETIC)) {
      found.add("static field that changes: " + name);
    }
  }

  private static void checkMethod(Set<String> found, MethodModel method) {
    String name = method.methodName().stringValue();
    if (method.flags().has(AccessFlag.SYNCHRONIZED)) {
      found.add("synchronized " + name);
    }
    if (method.flags().has(AccessFlag.NATIVE)) {
      found.add("native " + name);
    }
    method
        .code()
        .ifPresent(
            code -> {
              if (code.elementStream().anyMatch(MonitorInstruction.class::isInstance)) {
                found.add("monitor in " + name);
              }
            });
  }
}

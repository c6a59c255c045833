package io.quorate.mutants;

import io.quorate.admin.DefaultMetrics;
import io.quorate.api.EphemeralOwner;
import io.quorate.api.TreeStore;
import io.quorate.auth.basic.DigestAuthProvider;
import io.quorate.auth.basic.EnsembleAuthProvider;
import io.quorate.jute.JuteCodecProvider;
import io.quorate.spi.auth.AuthProvider;
import io.quorate.spi.auth.SaslProvider;
import io.quorate.spi.auth.tck.AuthContract;
import io.quorate.spi.auth.tck.AuthSubject;
import io.quorate.spi.auth.tck.SaslContract;
import io.quorate.spi.auth.tck.SaslSubject;
import io.quorate.spi.codec.CodecProvider;
import io.quorate.spi.codec.tck.CodecContract;
import io.quorate.spi.metrics.MetricsProvider;
import io.quorate.spi.metrics.tck.MetricsContract;
import io.quorate.spi.storage.StorageProvider;
import io.quorate.spi.storage.tck.DiskFaults;
import io.quorate.spi.storage.tck.StorageContract;
import io.quorate.spi.storage.tck.TreeStoreContract;
import io.quorate.spi.transport.TransportProvider;
import io.quorate.spi.transport.tck.TransportContract;
import io.quorate.transport.netty.NettyTransportProvider;
import io.quorate.tree.HeapTreeStore;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/**
 * The contract tests, each over a right provider with the twist of {@link #TWIST}. JUnit makes them
 * on the thread that runs the launcher; the build's own run does not find them.
 */
final class Subjects {
  /** What is put over the right provider by the next subject that this thread makes. */
  static final ThreadLocal<UnaryOperator<?>> TWIST =
      ThreadLocal.withInitial(UnaryOperator::identity);

  private Subjects() {}

  /** A contract test that takes its twist. */
  interface Subject {}

  /** The SPI that a subject is about. */
  @Retention(RetentionPolicy.RUNTIME)
  @interface Spi {
    String value();
  }

  @SuppressWarnings("unchecked")
  private static <P> UnaryOperator<P> twist() {
    return (UnaryOperator<P>) TWIST.get();
  }

  @Spi("codec")
  static final class OfCodec extends CodecContract implements Subject {
    private final UnaryOperator<CodecProvider> twist = twist();

    @Override
    protected CodecProvider provider() {
      return twist.apply(new JuteCodecProvider());
    }
  }

  @Spi("storage")
  static final class OfStorage extends StorageContract implements Subject {
    private final UnaryOperator<StorageProvider> twist = twist();
    private final FailingFiles files = new FailingFiles();

    @Override
    protected StorageProvider provider() {
      return twist.apply(files);
    }

    @Override
    protected DiskFaults faults() {
      return files;
    }
  }

  @Spi("tree store")
  static final class OfTreeStore extends TreeStoreContract implements Subject {
    private final UnaryOperator<TreeStore> twist = twist();

    @Override
    protected TreeStore create(EphemeralOwner.Encoding encoding, boolean digests) {
      return twist.apply(new HeapTreeStore(1, encoding, digests));
    }
  }

  @Spi("transport")
  static final class OfTransport extends TransportContract implements Subject {
    private final UnaryOperator<TransportProvider> twist = twist();

    @Override
    protected TransportProvider provider() {
      return twist.apply(new NettyTransportProvider());
    }
  }

  @Spi("auth")
  static final class OfDigest extends AuthContract implements Subject {
    static final String SUPER = "zookeeper.DigestAuthenticationProvider.superDigest";
    private final UnaryOperator<AuthProvider> twist = twist();

    @Override
    protected AuthSubject subject() {
      return AuthSubject.of(() -> twist.apply(new DigestAuthProvider()))
          .wrongSetting(SUPER, "S3cret")
          .accepts("bob:S3cret", "eve:0ther")
          .secret("S3cret", "0ther")
          .valid("bob:hash")
          .invalid("bob")
          .matches("bob:hash", "bob:hash")
          .differs("bob:hash", "eve:hash");
    }
  }

  @Spi("auth")
  static final class OfEnsemble extends AuthContract implements Subject {
    private final UnaryOperator<AuthProvider> twist = twist();

    @Override
    protected AuthSubject subject() {
      return AuthSubject.of(() -> twist.apply(new EnsembleAuthProvider()))
          .setting("zookeeper.ensembleAuthName", "north")
          .accepts("north")
          .refuses("south");
    }
  }

  @Spi("sasl")
  static final class OfSasl extends SaslContract implements Subject {
    private final UnaryOperator<SaslProvider> twist = twist();

    @Override
    protected SaslSubject subject() {
      return SaslSubject.of(() -> twist.apply(new PlainSasl()))
          .setting(PlainSasl.PASSWORD, "S3cret")
          .accepts(() -> challenge -> "bob:S3cret".getBytes(StandardCharsets.UTF_8))
          .refuses(() -> challenge -> "bob:secret".getBytes(StandardCharsets.UTF_8))
          .secret("S3cret");
    }
  }

  @Spi("metrics")
  static final class OfMetrics extends MetricsContract implements Subject {
    private final UnaryOperator<MetricsProvider> twist = twist();

    @Override
    protected MetricsProvider provider() {
      return twist.apply(new DefaultMetrics());
    }
  }
}

package io.quorate.server;

import io.quorate.api.EphemeralOwner;
import io.quorate.jute.ReplyEncoder;
import io.quorate.replica.Reads;
import io.quorate.spi.auth.AuthProvider;
import io.quorate.spi.auth.SaslProvider;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What every client connection uses. Immutable; shared by all shards.
 *
 * @param nanos the monotonic clock of connections, in ns
 * @param words runs four-letter words; empty where they are not served
 */
public record ClientServices(
    ServerConfig config,
    Reads reads,
    ReplyEncoder encoder,
    Map<String, AuthProvider> auth,
    Optional<SaslProvider> sasl,
    Optional<Words> words,
    LongSupplier nanos) {
  public ClientServices {
    auth = Map.copyOf(auth);
  }

  /** The same with four-letter words. */
  ClientServices withWords(Words words) {
    return new ClientServices(config, reads, encoder, auth, sasl, Optional.of(words), nanos);
  }

  /** Runs four-letter words away from I/O threads. */
  public interface Words {
    /** The words themselves. */
    TextCommands commands();

    /** Makes the answer on another thread; {@code done} gets its bytes there. */
    void run(TextCommands.Word word, long argument, Consumer<byte[]> done);
  }

  /** How owner fields are read with these switches. */
  public static EphemeralOwner.Encoding encoding(ServerConfig.Features features) {
    if (features.emulate353Ttl()) {
      return EphemeralOwner.Encoding.LEGACY_353;
    }
    return features.extendedTypes()
        ? EphemeralOwner.Encoding.EXTENDED
        : EphemeralOwner.Encoding.PLAIN;
  }
}

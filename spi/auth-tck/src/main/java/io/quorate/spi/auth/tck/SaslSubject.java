package io.quorate.spi.auth.tck;

import io.quorate.api.Stability;
import io.quorate.spi.auth.SaslProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A SASL provider under test and what its tests have to know of it. */
@Stability.Evolving
public final class SaslSubject {
  /** The other end of an exchange. */
  @FunctionalInterface
  public interface Client {
    /** Answers the server's token; throws if it can not. */
    byte[] answer(byte[] token) throws Exception;
  }

  final Supplier<SaslProvider> provider;
  final Map<String, String> settings = new TreeMap<>();
  final List<Supplier<Client>> good = new ArrayList<>();
  final List<Supplier<Client>> bad = new ArrayList<>();
  final List<String> secrets = new ArrayList<>();

  private SaslSubject(Supplier<SaslProvider> provider) {
    this.provider = provider;
  }

  /** A provider; the supplier makes one that was not configured yet, a new one each time. */
  public static SaslSubject of(Supplier<SaslProvider> provider) {
    return new SaslSubject(provider);
  }

  /** A setting to configure it with, under its property name. */
  public SaslSubject setting(String key, String value) {
    settings.put(key, value);
    return this;
  }

  /**
   * A client who proves who it is. The first token of an exchange is empty and comes from the test.
   */
  public SaslSubject accepts(Supplier<Client> client) {
    good.add(client);
    return this;
  }

  /** A client who does not know the secret. */
  public SaslSubject refuses(Supplier<Client> client) {
    bad.add(client);
    return this;
  }

  /** Texts that nobody may be shown. */
  public SaslSubject secret(String... texts) {
    secrets.addAll(List.of(texts));
    return this;
  }
}

package io.quorate.spi.auth.tck;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorate.api.Stability;
import io.quorate.api.TreeView;
import io.quorate.spi.auth.AuthProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A scheme under test and what its tests have to know of it. */
@Stability.Evolving
public final class AuthSubject {
  final Supplier<AuthProvider> provider;
  final Map<String, String> settings = new TreeMap<>();
  final List<byte[]> accepted = new ArrayList<>();
  final List<byte[]> refused = new ArrayList<>();
  final List<String> secrets = new ArrayList<>();
  final List<String> valid = new ArrayList<>();
  final List<String> invalid = new ArrayList<>();
  final List<String[]> matching = new ArrayList<>();
  final List<String[]> notMatching = new ArrayList<>();
  final List<String[]> wrongSettings = new ArrayList<>();
  Supplier<TreeView> tree = Views::empty;

  private AuthSubject(Supplier<AuthProvider> provider) {
    this.provider = provider;
  }

  /** A scheme; the supplier makes a provider that was not configured yet, a new one each time. */
  public static AuthSubject of(Supplier<AuthProvider> provider) {
    return new AuthSubject(provider);
  }

  /** A setting to configure it with, under its property name. */
  public AuthSubject setting(String key, String value) {
    settings.put(key, value);
    return this;
  }

  /** A setting that it refuses. */
  public AuthSubject wrongSetting(String key, String value) {
    wrongSettings.add(new String[] {key, value});
    return this;
  }

  /** Credentials that it takes, as UTF-8. */
  public AuthSubject accepts(String... credentials) {
    for (String c : credentials) {
      accepted.add(c.getBytes(UTF_8));
    }
    return this;
  }

  /** Credentials that it does not take, as UTF-8. */
  public AuthSubject refuses(String... credentials) {
    for (String c : credentials) {
      refused.add(c.getBytes(UTF_8));
    }
    return this;
  }

  /** Texts within the credentials or the settings that nobody may be shown. */
  public AuthSubject secret(String... texts) {
    secrets.addAll(List.of(texts));
    return this;
  }

  /** Ids that an ACL may hold. */
  public AuthSubject valid(String... ids) {
    valid.addAll(List.of(ids));
    return this;
  }

  /** Ids that an ACL may not hold. */
  public AuthSubject invalid(String... ids) {
    invalid.addAll(List.of(ids));
    return this;
  }

  /** A connection's id and an ACL's that it satisfies. */
  public AuthSubject matches(String connectionId, String aclId) {
    matching.add(new String[] {connectionId, aclId});
    return this;
  }

  /** A connection's id and an ACL's that it does not satisfy. */
  public AuthSubject differs(String connectionId, String aclId) {
    notMatching.add(new String[] {connectionId, aclId});
    return this;
  }

  /** The state that credentials are judged by, for a scheme that looks at znodes. */
  public AuthSubject tree(Supplier<TreeView> view) {
    tree = view;
    return this;
  }
}

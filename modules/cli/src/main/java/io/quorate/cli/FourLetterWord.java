package io.quorate.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sends a four-letter word to a server and prints the answer; {@code zkServer.sh status} runs it.
 *
 * <p>On a secure port the key and trust stores come from the system properties that ZooKeeper's own
 * clients read, {@code zookeeper.ssl.keyStore.location} and its relatives.
 */
final class FourLetterWord {
  private static final int TIMEOUT_MS = 5000;

  private FourLetterWord() {}

  /**
   * Runs {@code four-letter HOST PORT WORD [SECURE]}.
   *
   * @return the exit status: 0 after an answer, 1 without one, 2 if the arguments are wrong
   */
  static int run(String[] args) {
    if (args.length < 4) {
      System.err.println("usage: quorate four-letter HOST PORT WORD [true|false]");
      return 2;
    }
    boolean secure = args.length > 4 && Boolean.parseBoolean(args[4]);
    try {
      System.out.print(ask(args[1], Integer.parseInt(args[2]), args[3], secure));
      System.out.flush();
      return 0;
    } catch (IOException | GeneralSecurityException | NumberFormatException e) {
      System.err.println(args[1] + ":" + args[2] + ": " + e.getMessage());
      return 1;
    }
  }

  private static String ask(String host, int port, String word, boolean secure)
      throws IOException, GeneralSecurityException {
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(host, port), TIMEOUT_MS);
      plain.setSoTimeout(TIMEOUT_MS);
      if (!secure) {
        return exchange(plain, word);
      }
      try (SSLSocket tls =
          (SSLSocket) sslContext().getSocketFactory().createSocket(plain, host, port, true)) {
        tls.startHandshake();
        return exchange(tls, word);
      }
    }
  }

  private static String exchange(Socket socket, String word) throws IOException {
    socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static SSLContext sslContext() throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(keyStore("keyStore"), password("keyStore"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(keyStore("trustStore"));
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static @Nullable KeyStore keyStore(String kind)
      throws IOException, GeneralSecurityException {
    String location = System.getProperty("zookeeper.ssl." + kind + ".location");
    if (location == null) {
      return null;
    }
    String type = System.getProperty("zookeeper.ssl." + kind + ".type");
    KeyStore store = KeyStore.getInstance(type == null ? typeByName(location) : type);
    try (InputStream in = Files.newInputStream(Path.of(location))) {
      store.load(in, password(kind));
    }
    return store;
  }

  private static String typeByName(String location) {
    return location.endsWith(".p12") ? "PKCS12" : "JKS";
  }

  private static char @Nullable [] password(String kind) throws IOException {
    String path = System.getProperty("zookeeper.ssl." + kind + ".passwordPath");
    if (path != null) {
      return Files.readString(Path.of(path)).strip().toCharArray();
    }
    String password = System.getProperty("zookeeper.ssl." + kind + ".password");
    return password == null ? null : password.toCharArray();
  }
}

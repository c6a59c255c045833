/** The quorate command. */
module io.quorate.cli {
  requires static org.jspecify;
  requires transitive io.quorate.api;
  requires io.quorate.server;
  requires io.quorate.admin;
  requires org.slf4j;
  requires ch.qos.logback.classic;
  requires ch.qos.logback.core;
  requires info.picocli;

  opens io.quorate.cli to
      info.picocli;

  provides ch.qos.logback.classic.spi.Configurator with
      io.quorate.cli.LogConfigurator;
}

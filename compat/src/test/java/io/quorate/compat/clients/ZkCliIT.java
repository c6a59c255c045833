package io.quorate.compat.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.compat.server.ServerKind;
import io.quorate.compat.server.ServerProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Apache's zkCli against the image: what scripts and people type. */
class ZkCliIT {
  private static ServerProcess server;

  @BeforeAll
  static void start() {
    server = ServerProcess.of(ServerKind.QUORATE).config("extendedTypesEnabled", "true").start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** A command on the command line runs once; its status is the status of the process. */
  @Test
  void oneShotCommandsAndTheirStatus() {
    Command.Result created = Command.zkCli(server.connectString(), "", "create", "/one", "text");
    assertThat(created.output()).contains("Created /one");
    assertThat(created.status()).isZero();
    Command.Result got = Command.zkCli(server.connectString(), "", "get", "-s", "/one");
    assertThat(got.status()).isZero();
    assertThat(got.output())
        .contains("text")
        .containsPattern("cZxid = 0x[0-9a-f]+")
        .contains("dataVersion = 0", "aclVersion = 0", "ephemeralOwner = 0x0", "dataLength = 4");
    Command.Result missing = Command.zkCli(server.connectString(), "", "get", "/missing");
    assertThat(missing.output()).contains("Node does not exist: /missing");
    assertThat(missing.status()).isEqualTo(1);
    Command.Result acl =
        Command.zkCli(server.connectString(), "", "setAcl", "/one", "world:anyone:r");
    assertThat(acl.status()).isZero();
    Command.Result denied = Command.zkCli(server.connectString(), "", "set", "/one", "x");
    assertThat(denied.output()).contains("Insufficient permission : /one");
    assertThat(denied.status()).isEqualTo(1);
  }

  /** One shell with many commands, as somebody would type them. */
  @Test
  void aSessionOfCommands() {
    String input =
        String.join(
            "\n",
            "create /cli data",
            "create -e /cli/e",
            "create -s /cli/s- x",
            "create -c /cli/box",
            "create -t 100000 /cli/ttl t",
            "create /cli",
            "ls /cli",
            "ls -s /cli",
            "ls -R /cli",
            "stat /cli",
            "get -w /cli",
            "set /cli other",
            "set -v 7 /cli never",
            "get -s /cli",
            "delete -v 9 /cli/ttl",
            "delete /cli",
            "getAllChildrenNumber /cli",
            "getEphemerals /cli",
            "whoami",
            "addauth digest me:secret",
            "whoami",
            "create /cli/mine m auth::cdrwa",
            "getAcl /cli/mine",
            "setAcl -s /cli/mine world:anyone:r",
            "getAcl -s /cli/mine",
            "setquota -n 3 /cli",
            "listquota /cli",
            "setquota -n 3 /cli/s",
            "delquota /cli",
            "listquota /cli",
            "addWatch -m PERSISTENT_RECURSIVE /cli",
            "set /cli/ttl again",
            "removewatches /cli -a",
            "sync /cli",
            "get /zookeeper/config",
            "reconfig -remove 1",
            "version",
            "deleteall /cli",
            "ls /",
            "quit",
            "");
    Command.Result result = Command.zkCli(server.connectString(), input);
    String output = result.output();
    assertThat(result.status()).isZero();
    assertThat(output)
        .contains("Created /cli/e", "Created /cli/s-0000000001", "Created /cli/box")
        .contains("Created /cli/ttl", "Node already exists: /cli")
        .contains("[box, e, s-0000000001, ttl]")
        .contains("numChildren = 4", "cversion = 4", "dataVersion = 1")
        .contains("type:NodeDataChanged path:/cli")
        .contains("version No is not valid : /cli", "Node not empty: /cli")
        .contains("ip: 127.0.0.1", "digest: me")
        .contains("'digest,'me:", "'world,'anyone\n: r", "aclVersion = 1")
        .contains("count=3", "absolute path is /zookeeper/quota/cli")
        .contains("quota for /cli does not exist")
        .contains("path:/cli/ttl", "Sync is OK");
    assertThat(output.substring(output.lastIndexOf('[')))
        .contains("zookeeper]")
        .doesNotContain("cli");
  }
}

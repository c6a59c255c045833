package io.quorate.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.server.ConfigReader;
import io.quorate.server.ServerConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PauseMonitorTest {
  @Test
  void longPausesAreCounted() throws Exception {
    ServerConfig config =
        ConfigReader.read(null, Map.of("jvm.pause.info-threshold.ms", "20"), Map.of(), true)
            .config();
    DefaultMetrics metrics = new DefaultMetrics();
    PauseMonitor monitor = new PauseMonitor(config.admin(), metrics);

    monitor.slept(20);
    monitor.slept(21);
    monitor.slept(60_000);

    assertEquals(2L, metrics.dump().get("cnt_jvm_pause_time_ms"));
    assertEquals(60_000L, metrics.dump().get("max_jvm_pause_time_ms"));
  }
}

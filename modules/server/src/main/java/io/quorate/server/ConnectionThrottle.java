package io.quorate.server;

import java.util.function.LongSupplier;

/**
 * The token bucket of new connections with random drops in front of it, after the BLUE algorithm
 * (Feng et al., "BLUE: a new class of active queue management algorithms", 1999; reference section
 * 5.5). Any thread.
 */
final class ConnectionThrottle {
  private final ServerConfig.ConnectionThrottle config;
  private final LongSupplier nowMs;
  private final LongSupplier random;
  private long tokens;
  private long lastFillMs;
  private long lastFreezeMs;
  private double drop;

  ConnectionThrottle(
      ServerConfig.ConnectionThrottle config, LongSupplier nowMs, LongSupplier random) {
    this.config = config;
    this.nowMs = nowMs;
    this.random = random;
    this.tokens = config.tokens();
    this.lastFillMs = nowMs.getAsLong();
    this.lastFreezeMs = lastFillMs;
  }

  double dropProbability() {
    synchronized (this) {
      return drop;
    }
  }

  /** Whether a connection may come in that costs this many tokens. */
  synchronized boolean admit(int cost) {
    if (config.tokens() <= 0) {
      return true;
    }
    long now = nowMs.getAsLong();
    fill(now);
    if (config.freezeMs() >= 0) {
      adapt(now);
      double dice = (random.getAsLong() >>> 11) * 0x1.0p-53;
      if (dice < drop) {
        return false;
      }
    }
    if (tokens < cost) {
      return false;
    }
    tokens -= cost;
    return true;
  }

  private void fill(long now) {
    int every = Math.max(1, config.fillMs());
    long times = (now - lastFillMs) / every;
    if (times > 0) {
      tokens = Math.min(config.tokens(), tokens + times * Math.min(config.fillCount(), 1 << 20));
      lastFillMs += times * every;
    }
  }

  private void adapt(long now) {
    if (now - lastFreezeMs < config.freezeMs()) {
      return;
    }
    if (tokens == 0) {
      drop = Math.min(1, drop + config.dropIncrease());
      lastFreezeMs = now;
    } else if (tokens >= config.tokens() * config.decreaseRatio()) {
      drop = Math.max(0, drop - config.dropDecrease());
      lastFreezeMs = now;
    }
  }
}

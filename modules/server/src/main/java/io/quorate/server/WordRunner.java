package io.quorate.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers four-letter words on a thread of their own, which ends when nobody asks. */
final class WordRunner implements ClientServices.Words {
  private static final Logger LOG = LoggerFactory.getLogger(WordRunner.class);
  private static final int MAX_WAITING = 10_000;

  private final TextCommands commands;
  private final ServerStatus status;
  private final ThreadPoolExecutor executor;

  WordRunner(TextCommands commands, ServerStatus status) {
    this.commands = commands;
    this.status = status;
    this.executor =
        new ThreadPoolExecutor(
            1,
            1,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING),
            task -> {
              Thread t = new Thread(task, "quorate-words");
              t.setDaemon(true);
              return t;
            });
    executor.allowCoreThreadTimeOut(true);
  }

  @Override
  public TextCommands commands() {
    return commands;
  }

  @Override
  public void run(TextCommands.Word word, long argument, Consumer<byte[]> done) {
    try {
      executor.execute(() -> done.accept(answer(word, argument)));
    } catch (RejectedExecutionException e) {
      done.accept(new byte[0]); // too many wait, or the server ends
    }
  }

  private byte[] answer(TextCommands.Word word, long argument) {
    StringBuilder text = new StringBuilder();
    try {
      commands.answer(word, argument, status, text);
    } catch (IOException | RuntimeException | LinkageError e) {
      LOG.warn("the word {} failed", word.name(), e);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  void stop() {
    executor.shutdownNow();
  }
}

package io.quorate.mutants;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs one test of a contract on a provider, as a plug-in author's build does. */
final class Contract {
  /** What came of it. */
  record Verdict(List<TestExecutionResult> results) {
    boolean passed() {
      return is(TestExecutionResult.Status.SUCCESSFUL);
    }

    boolean caught() {
      return is(TestExecutionResult.Status.FAILED);
    }

    private boolean is(TestExecutionResult.Status status) {
      return results.size() == 1 && results.get(0).getStatus() == status;
    }
  }

  private Contract() {}

  static Verdict run(Class<?> contract, String test, UnaryOperator<?> twist) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectMethod(contract, test))
            .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
            .build();
    List<TestExecutionResult> results = new ArrayList<>();
    TestExecutionListener listener =
        new TestExecutionListener() {
          @Override
          public void executionFinished(TestIdentifier of, TestExecutionResult result) {
            if (of.isTest()) {
              results.add(result);
            }
          }
        };
    LauncherConfig alone =
        LauncherConfig.builder()
            .enableTestExecutionListenerAutoRegistration(false)
            .enableLauncherSessionListenerAutoRegistration(false)
            .enableLauncherDiscoveryListenerAutoRegistration(false)
            .build();
    Subjects.TWIST.set(twist);
    try {
      LauncherFactory.create(alone).execute(request, listener);
    } finally {
      Subjects.TWIST.remove();
    }
    return new Verdict(List.copyOf(results));
  }
}

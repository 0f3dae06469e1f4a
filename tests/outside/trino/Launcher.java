import static io.trino.testing.TestingSession.testSessionBuilder;

import io.trino.plugin.hive.HiveConnectorFactory;
import io.trino.spi.Plugin;
import io.trino.spi.connector.ConnectorFactory;
import io.trino.testing.DistributedQueryRunner;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A Trino of one node with one Hive catalogue, `lake`, set up by key=value arguments; ends when its input ends. */
public class Launcher {
    public static void main(String[] settings) throws Exception {
        Map<String, String> catalogue = new HashMap<>();
        for (String setting : settings) {
            String[] parts = setting.split("=", 2);
            catalogue.put(parts[0], parts[1]);
        }
        // Trino looks over all tasks that it keeps five times a second: what is done need not be kept for 15 minutes.
        // A writer takes 64 MB, and a query of twenty tables in one has twenty of them.
        DistributedQueryRunner runner = DistributedQueryRunner.builder(testSessionBuilder().build())
                .setNodeCount(1)
                .setExtraProperties(Map.of("task.info.max-age", "5s", "query.max-memory-per-node", "2GB"))
                .build();
        runner.installPlugin(new Plugin() {
            @Override
            public Iterable<ConnectorFactory> getConnectorFactories() {
                return List.of(new HiveConnectorFactory());
            }
        });
        runner.createCatalog("lake", "hive", catalogue);
        System.out.println("READY " + runner.getCoordinator().getBaseUrl());
        while (System.in.read() >= 0) {}
        System.exit(0);
    }
}

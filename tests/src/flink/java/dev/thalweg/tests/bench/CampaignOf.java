package dev.thalweg.tests.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ScalarFunction;

/// Looks up the campaign of an ad in a table that it holds in memory; null for an ad of none.
public final class CampaignOf extends ScalarFunction {
    private final String directory;
    private transient Map<String, String> campaigns;

    CampaignOf(String directory) {
        this.directory = directory;
    }

    @Override
    public void open(FunctionContext context) throws IOException {
        campaigns = new HashMap<>();
        try (Stream<Path> files = Files.list(Path.of(directory))) {
            for (Path file : files.toList()) {
                for (String line : Files.readAllLines(file)) {
                    String[] values = line.split(",");
                    campaigns.put(values[0], values[1]);
                }
            }
        }
    }

    public String eval(String ad) {
        return ad == null ? null : campaigns.get(ad);
    }
}

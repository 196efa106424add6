package dev.thalweg.planner.function;

import dev.thalweg.spi.error.Defect;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The functions of Spark that are not here: why, and what serves instead, as `absent-functions.txt` says.
///
/// **Thread** Immutable.
final class AbsentFunctions {
    private static final String RESOURCE = "absent-functions.txt";
    private static final Map<String, String> REASONS = read();

    private AbsentFunctions() {}

    private static Map<String, String> read() {
        try (InputStream resource = AbsentFunctions.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new Defect("THW-9462", RESOURCE + " is not part of this program");
            }
            Map<String, String> reasons = new HashMap<>();
            new String(resource.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
                        int colon = line.indexOf(": ");
                        for (String name : line.substring(0, colon).split(" ", -1)) {
                            reasons.put(name, line.substring(colon + 2));
                        }
                    });
            return Map.copyOf(reasons);
        } catch (IOException e) {
            throw new Defect("THW-9462", RESOURCE + " cannot be read: " + e.getMessage());
        }
    }

    static Optional<String> reason(String name) {
        return Optional.ofNullable(REASONS.get(name.toLowerCase(Locale.ROOT)));
    }
}

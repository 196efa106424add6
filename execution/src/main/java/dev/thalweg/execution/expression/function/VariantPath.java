package dev.thalweg.execution.expression.function;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A path into a VARIANT: `$`, then `.name`, `['a name']`, `["a name"]` or `[index]`, as often as it takes.
final class VariantPath {
    private static final Pattern STEP = Pattern
            .compile("\\.([^.\\[]+)|\\['([^']+)'\\]|\\[\"([^\"]+)\"\\]|\\[(\\d+)\\]");

    private sealed interface Step {}

    private record Name(String name) implements Step {}

    private record Index(long index) implements Step {}

    private final List<Step> steps;

    private VariantPath(List<Step> steps) {
        this.steps = steps;
    }

    static VariantPath of(String path) {
        List<Step> steps = new ArrayList<>();
        Matcher step = STEP.matcher(path);
        int at = 1;
        for (; path.startsWith("$") && at < path.length(); at = step.end()) {
            if (!step.region(at, path.length()).lookingAt()) {
                break;
            }
            steps.add(step(step));
        }
        if (!path.startsWith("$") || at < path.length()) {
            throw Reject.argument("variant_get", "path", path, "such as $.a.b, $['a name'] or $.a[0]");
        }
        return new VariantPath(List.copyOf(steps));
    }

    private static Step step(Matcher step) {
        if (step.group(4) != null) {
            return new Index(Long.parseLong(step.group(4)));
        }
        for (int group = 1; group <= 2; group++) {
            if (step.group(group) != null) {
                return new Name(step.group(group));
            }
        }
        return new Name(step.group(3));
    }

    /// Moves the parser from the value that it stands at to what stands at the path; false where nothing does.
    boolean goTo(JsonParser parser) throws IOException {
        for (Step step : steps) {
            boolean found = switch (step) {
                case Name(String name) -> parser.currentToken() == JsonToken.START_OBJECT && field(parser, name);
                case Index(long index) -> parser.currentToken() == JsonToken.START_ARRAY && element(parser, index);
            };
            if (!found) {
                return false;
            }
        }
        return true;
    }

    private static boolean field(JsonParser parser, String name) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean found = parser.currentName().equals(name);
            parser.nextToken();
            if (found) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }

    private static boolean element(JsonParser parser, long index) throws IOException {
        for (long i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            if (i == index) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }
}

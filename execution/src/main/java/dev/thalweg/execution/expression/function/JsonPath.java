package dev.thalweg.execution.expression.function;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A path of `get_json_object`, run over a JSON text without building a tree.
///
/// Hive's rules, which Spark keeps: a string alone loses its quotes, one match of a wildcard stands without brackets, two
/// wildcards in a row flatten, a JSON null is no match, and of a field that comes twice the first counts.
final class JsonPath {
    private static final Pattern STEP = Pattern
            .compile("\\.\\*|\\['\\*'\\]|\\.([^.\\[]+)|\\['([^']+)'\\]|\\[(\\*)\\]|\\[(\\d+)\\]");

    /// How what is found is written: a string as it is, in quotes, or an array's elements without brackets.
    private enum Style {
        RAW, QUOTED, FLATTEN
    }

    private sealed interface Step {}

    private record Name(String name) implements Step {}

    private record Index(long index) implements Step {}

    private enum Wildcard implements Step {
        ELEMENT, FIELD
    }

    private final Optional<List<Step>> steps;

    private JsonPath(Optional<List<Step>> steps) {
        this.steps = steps;
    }

    /// A malformed path finds nothing.
    static JsonPath of(String path) {
        if (!path.startsWith("$")) {
            return new JsonPath(Optional.empty());
        }
        List<Step> steps = new ArrayList<>();
        Matcher step = STEP.matcher(path);
        int at = 1;
        for (; at < path.length(); at = step.end()) {
            if (!step.region(at, path.length()).lookingAt()) {
                return new JsonPath(Optional.empty());
            }
            steps.add(step(step));
        }
        return new JsonPath(Optional.of(List.copyOf(steps)));
    }

    private static Step step(Matcher step) {
        String name = step.group(1) != null ? step.group(1) : step.group(2);
        if (name != null) {
            return new Name(name);
        }
        if (step.group(4) != null) {
            return new Index(Long.parseLong(step.group(4)));
        }
        return step.group(3) != null ? Wildcard.ELEMENT : Wildcard.FIELD;
    }

    Optional<String> find(String json) {
        if (steps.isEmpty()) {
            return Optional.empty();
        }
        StringWriter found = new StringWriter();
        try (JsonParser in = JsonFunctions.JSON.createParser(json); JsonGenerator out = generator(found)) {
            if (in.nextToken() == null || !follow(in, out, Style.RAW, steps.get())) {
                return Optional.empty();
            }
        } catch (IOException _) {
            return Optional.empty();
        }
        return Optional.of(found.toString());
    }

    private static JsonGenerator generator(StringWriter to) throws IOException {
        return JsonFunctions.JSON.createGenerator(to).disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
    }

    /// Leaves the parser at the last token of the value that it stands at. Whether something was written.
    private boolean follow(JsonParser in, JsonGenerator out, Style style, List<Step> path) throws IOException {
        JsonToken token = in.currentToken();
        if (path.isEmpty()) {
            return write(in, out, style);
        }
        List<Step> rest = path.subList(1, path.size());
        if (token == JsonToken.START_OBJECT && path.getFirst() instanceof Name(String name)) {
            return field(in, out, style, name, rest);
        }
        if (token == JsonToken.START_ARRAY && path.getFirst() == Wildcard.ELEMENT) {
            return elements(in, out, style, rest);
        }
        if (token == JsonToken.START_ARRAY && path.getFirst() instanceof Index(long index)) {
            boolean many = !rest.isEmpty() && rest.getFirst() == Wildcard.ELEMENT;
            return element(in, out, many ? Style.QUOTED : style, index, rest);
        }
        in.skipChildren();
        return false;
    }

    private boolean write(JsonParser in, JsonGenerator out, Style style) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_STRING && style == Style.RAW) {
            out.writeRaw(in.getText());
            return true;
        }
        if (in.currentToken() == JsonToken.START_ARRAY && style == Style.FLATTEN) {
            boolean written = false;
            while (in.nextToken() != JsonToken.END_ARRAY) {
                written |= write(in, out, style);
            }
            return written;
        }
        out.copyCurrentStructure(in);
        return true;
    }

    private boolean field(JsonParser in, JsonGenerator out, Style style, String name, List<Step> rest)
            throws IOException {
        boolean written = false;
        while (in.nextToken() != JsonToken.END_OBJECT) {
            boolean named = !written && in.currentName().equals(name);
            JsonToken value = in.nextToken();
            if (named && value != JsonToken.VALUE_NULL) {
                written = follow(in, out, style, rest);
            } else {
                in.skipChildren();
            }
        }
        return written;
    }

    private boolean elements(JsonParser in, JsonGenerator out, Style style, List<Step> rest) throws IOException {
        if (!rest.isEmpty() && rest.getFirst() == Wildcard.ELEMENT) {
            return each(in, out, Style.FLATTEN, rest.subList(1, rest.size())) > 0;
        }
        if (style == Style.QUOTED) {
            return each(in, out, Style.QUOTED, rest) > 0;
        }
        StringWriter buffer = new StringWriter();
        int written;
        try (JsonGenerator buffered = generator(buffer)) {
            written = each(in, buffered, style == Style.RAW ? Style.QUOTED : style, rest);
        }
        String array = buffer.toString();
        if (written > 0) {
            out.writeRawValue(written > 1 ? array : array.substring(1, array.length() - 1));
        }
        return written > 0;
    }

    private int each(JsonParser in, JsonGenerator out, Style style, List<Step> rest) throws IOException {
        int written = 0;
        out.writeStartArray();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            written += follow(in, out, style, rest) ? 1 : 0;
        }
        out.writeEndArray();
        return written;
    }

    private boolean element(JsonParser in, JsonGenerator out, Style style, long index, List<Step> rest)
            throws IOException {
        boolean written = false;
        for (long i = 0; in.nextToken() != JsonToken.END_ARRAY; i++) {
            if (i == index) {
                written = follow(in, out, style, rest);
            } else {
                in.skipChildren();
            }
        }
        return written;
    }
}

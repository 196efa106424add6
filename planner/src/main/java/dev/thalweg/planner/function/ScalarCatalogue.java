package dev.thalweg.planner.function;

import dev.thalweg.spi.error.Defect;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What `scalar-functions.txt` says, read once: for the registry, and for passes that ask whether a value may be computed twice.
///
/// **Thread** Immutable.
public final class ScalarCatalogue {
    private static final String RESOURCE = "scalar-functions.txt";
    private static final List<Signature> SIGNATURES = read();
    private static final Set<Shape> NON_DETERMINISTIC = SIGNATURES.stream()
            .filter(signature -> !signature.deterministic()).flatMap(ScalarCatalogue::shapes)
            .collect(Collectors.toUnmodifiableSet());
    private static final Set<String> RANDOM = SIGNATURES.stream()
            .filter(signature -> !signature.deterministic() && !signature.ofClock())
            .flatMap(signature -> signature.names().stream()).collect(Collectors.toUnmodifiableSet());

    /// `unix_timestamp()` is the clock's, `unix_timestamp(ts)` the argument's: a name alone does not tell.
    private record Shape(String function, int arguments) {}

    private ScalarCatalogue() {}

    private static List<Signature> read() {
        try (InputStream resource = ScalarCatalogue.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new Defect("THW-9101", RESOURCE + " is not part of this program");
            }
            return SignatureParser.parse(new String(resource.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new Defect("THW-9101", RESOURCE + " cannot be read: " + e.getMessage());
        }
    }

    private static Stream<Shape> shapes(Signature signature) {
        return IntStream.rangeClosed(signature.required(), signature.parameters().size())
                .mapToObj(arguments -> new Shape(signature.callName(), arguments));
    }

    static List<Signature> signatures() {
        return SIGNATURES;
    }

    /// Whether a call gives the same value whenever it is evaluated: neither random, nor what the clock says.
    ///
    /// @param function as a call in the plan names it
    public static boolean isDeterministic(String function, int arguments) {
        return !NON_DETERMINISTIC.contains(new Shape(function, arguments));
    }

    /// Whether a function draws: even within a trigger two calls are two values.
    ///
    /// @param name as a query writes it, in lower case
    public static boolean isRandom(String name) {
        return RANDOM.contains(name);
    }
}

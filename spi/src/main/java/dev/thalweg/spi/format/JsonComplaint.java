package dev.thalweg.spi.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.Pattern;

/// What Jackson says is wrong with a text, without what it says of itself: `(start marker at [Source: REDACTED …])`.
final class JsonComplaint {
    private static final Pattern SOURCE = Pattern.compile("\\s*\\([^()]*\\[Source: .*?\\]\\)");

    private JsonComplaint() {}

    static String of(JsonProcessingException error) {
        return SOURCE.matcher(error.getOriginalMessage()).replaceAll("");
    }
}

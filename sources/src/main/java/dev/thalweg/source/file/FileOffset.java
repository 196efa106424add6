package dev.thalweg.source.file;

import dev.thalweg.spi.error.Corrupted;
import dev.thalweg.spi.source.Offset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How many of the files in [SeenFiles] have been taken.
record FileOffset(long files) implements Offset {
    private static final Pattern JSON = Pattern.compile("\\s*\\{\\s*\"files\"\\s*:\\s*(\\d{1,18})\\s*}\\s*");

    @Override
    public String json() {
        return "{\"files\":" + files + "}";
    }

    static FileOffset parse(String json) {
        Matcher parts = JSON.matcher(json);
        if (!parts.matches()) {
            throw new Corrupted("THW-5020", "The offset '" + json + "' is none of a file source."
                    + " The checkpoint belongs to another query, or its source was changed; use a new checkpoint.");
        }
        return new FileOffset(Long.parseLong(parts.group(1)));
    }
}

package dev.thalweg.source.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.error.InvalidOption;
import dev.thalweg.spi.file.Compression;
import dev.thalweg.spi.file.FileEntry;
import dev.thalweg.spi.file.FileListing;
import dev.thalweg.spi.file.LocalPath;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.LinkedHashMap;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which files a source reads, and how many of them a trigger may take.
///
/// @param paths `path`, a file, a directory or a glob; or `paths`, a JSON array of such
/// @param pathGlobFilter which file names are taken
/// @param recursive `recursiveFileLookup`: enter every directory, and do without partition columns
/// @param maxFilesPerTrigger at most this many files a trigger; all there are by default
/// @param maxBytesPerTrigger no further file once a trigger has this many bytes
/// @param latestFirst newest files first, to catch up with a backlog from its end
/// @param fileNameOnly a file is known by its name, whatever its directory
/// @param maxFileAgeMillis files this much older than the newest one known are passed over; none by default
/// @param byName `fileOrder = name` instead of `modified`
/// @param ignoreMissingFiles a file that was deleted before it could be read has no rows
/// @param ignoreCorruptFiles a file that cannot be read to its end has the rows before that place
/// @param inferSchema whether a stream may read its first files to find its columns; a batch always may
record FileOptions(List<String> paths, Optional<String> pathGlobFilter, boolean recursive,
        OptionalLong maxFilesPerTrigger, OptionalLong maxBytesPerTrigger, boolean latestFirst, boolean fileNameOnly,
        OptionalLong maxFileAgeMillis, boolean byName, boolean ignoreMissingFiles, boolean ignoreCorruptFiles,
        boolean inferSchema) {
    static final List<String> NAMES = List.of("path", "paths", "pathGlobFilter", "recursiveFileLookup",
            "maxFilesPerTrigger", "maxBytesPerTrigger", "latestFirst", "fileNameOnly", "maxFileAge", "fileOrder",
            "cleanSource", "ignoreMissingFiles", "ignoreCorruptFiles", "inferSchema", "endOfInput", "idleTimeout",
            "refresh", "compression"); // which is for writing to the same table; a reader goes by the name .gz

    private static final Pattern AGE = Pattern.compile("(\\d+)\\s*(ms|s|m|h|d|w)?[a-z]*");

    static FileOptions of(TableOptions options) {
        Compression.of(options);
        if (!options.text("cleanSource", "off").equalsIgnoreCase("off")) {
            throw new InvalidOption("cleanSource", options.text("cleanSource", ""),
                    "off: files that were read are neither deleted nor moved yet");
        }
        return new FileOptions(paths(options), options.text("pathGlobFilter"),
                options.flag("recursiveFileLookup", false), positive(options, "maxFilesPerTrigger"),
                positive(options, "maxBytesPerTrigger"), options.flag("latestFirst", false),
                options.flag("fileNameOnly", false), age(options), byName(options),
                options.flag("ignoreMissingFiles", false), options.flag("ignoreCorruptFiles", false),
                options.flag("inferSchema", false));
    }

    private static List<String> paths(TableOptions options) {
        Optional<String> several = options.text("paths");
        Optional<String> one = options.text("path");
        if (several.isPresent() == one.isPresent()) {
            throw new InvalidOption("THW-2003", "A file source needs the option 'path' (or 'paths', a JSON array), "
                    + (one.isPresent() ? "not both." : "and has neither. Add path 'data/clicks'."));
        }
        if (one.isPresent()) {
            if (one.get().isBlank()) {
                throw new InvalidOption("path", one.get(),
                        "a file, a directory or a glob; '.' is the working directory");
            }
            return List.of(LocalPath.text("path", one.get()));
        }
        try {
            List<String> paths = Stream
                    .of(JsonMapper.builder().build().readValue(several.orElseThrow(), String[].class))
                    .map(path -> LocalPath.text("paths", path)).toList();
            if (paths.isEmpty()) {
                throw new InvalidOption("paths", several.orElseThrow(), "one or more paths, such as [\"a\", \"b\"]");
            }
            return paths;
        } catch (JsonProcessingException e) {
            throw new InvalidOption("paths", several.orElseThrow(), "a JSON array of paths, such as [\"a\", \"b\"]");
        }
    }

    private static OptionalLong positive(TableOptions options, String name) {
        OptionalLong number = options.number(name);
        if (number.isPresent() && number.getAsLong() < 1) {
            throw new InvalidOption(name, number.getAsLong(), "a whole number from 1 up");
        }
        return number;
    }

    private static OptionalLong age(TableOptions options) {
        Optional<String> text = options.text("maxFileAge");
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        Matcher age = AGE.matcher(text.get().strip().toLowerCase(Locale.ROOT));
        if (!age.matches()) {
            throw new InvalidOption("maxFileAge", text.get(), "a time, such as 7d, 12h, 90m or 30s");
        }
        String unit = age.group(2) == null ? "ms" : age.group(2);
        long millis = switch (unit) {
            case "s" -> 1_000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            case "d" -> 86_400_000;
            case "w" -> 7 * 86_400_000L;
            default -> 1;
        };
        return OptionalLong.of(Math.multiplyExact(Long.parseLong(age.group(1)), millis));
    }

    private static boolean byName(TableOptions options) {
        String order = options.text("fileOrder", "modified");
        return switch (order.strip().toLowerCase(Locale.ROOT)) {
            case "modified" -> false;
            case "name" -> true;
            default -> throw new InvalidOption("fileOrder", order, "modified or name");
        };
    }

    /// Each place once, however often and in whatever ways it is written.
    List<FileListing> listings() {
        Map<Path, FileListing> places = new LinkedHashMap<>();
        for (String path : paths) {
            places.putIfAbsent(Path.of(path).toAbsolutePath().normalize(),
                    new FileListing(path, pathGlobFilter, recursive));
        }
        return List.copyOf(places.values());
    }

    Comparator<FileEntry> order() {
        Comparator<FileEntry> order = byName ? FileListing.BY_NAME : FileListing.BY_TIME;
        return latestFirst ? order.reversed() : order;
    }

    String description() {
        return String.join(", ", paths);
    }
}

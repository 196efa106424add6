package dev.thalweg.spi.file;

import dev.thalweg.spi.error.InvalidOption;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A place on this machine as users write it in an option, a setting or a command: plain, `out/daily`, or as an address,
/// `file:///out/daily`. An address of another file system is refused, for as a plain path it would be a directory of that name.
public final class LocalPath {
    /// A drive of Windows is one letter, no scheme.
    private static final Pattern ADDRESS = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(//([^/]*))?(/?.*)",
            Pattern.DOTALL);

    private LocalPath() {}

    /// The path without its scheme; a glob stays one.
    ///
    /// @param option that has it, for the refusal
    /// **Errors** `THW-2050` for another file system or another machine, `THW-2001` for an empty text
    public static String text(String option, String written) {
        if (written.isBlank()) {
            throw new InvalidOption(option, written, "a path, such as out/daily or file:///data/out/daily");
        }
        Matcher address = ADDRESS.matcher(written);
        if (!address.matches() || !isScheme(address, written)) {
            return written;
        }
        String host = address.group(3) == null ? "" : address.group(3);
        boolean isHere = address.group(1).equalsIgnoreCase("file")
                && (host.isEmpty() || host.equalsIgnoreCase("localhost")) && !address.group(4).isEmpty();
        if (!isHere) {
            throw new InvalidOption("THW-2050", "Option '" + option + "' is '" + written
                    + "', which is no place on this machine. Supported are plain paths, such as out/daily or"
                    + " /data/out/daily, and addresses of the form file:///data/out/daily.");
        }
        return address.group(4);
    }

    /// A colon may stand in a name, too: only what a slash follows is the address of some file system.
    private static boolean isScheme(Matcher address, String written) {
        return address.group(1).equalsIgnoreCase("file") || written.startsWith(":/", address.end(1));
    }

    /// **Errors** as of [#text], and `THW-2001` for what no path can be
    public static Path of(String option, String written) {
        try {
            return Path.of(text(option, written));
        } catch (InvalidPathException e) {
            throw new InvalidOption(option, written, "a path (" + e.getReason() + ")");
        }
    }
}

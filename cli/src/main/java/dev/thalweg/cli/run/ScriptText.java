package dev.thalweg.cli.run;

import dev.thalweg.spi.error.InvalidOption;
import dev.thalweg.spi.file.LocalPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// The text of a script: from a file, or from a pipe to its end. It is read whole, so that a mistake in its last statement is
/// told before the first one runs.
///
/// Errors: [WrongUsage] when it cannot be read.
final class ScriptText {
    private ScriptText() {}

    static String ofFile(String file) {
        String what = "File '" + file + "'";
        try {
            Path path = LocalPath.of("FILE", file);
            if (Files.isDirectory(path)) {
                throw unreadable(what, "it is a directory; name a file in it");
            }
            return text(Files.readAllBytes(path));
        } catch (InvalidOption e) {
            throw unreadable(what, String.valueOf(e.getMessage()));
        } catch (NoSuchFileException _) {
            throw unreadable(what, "there is none here, in " + Path.of("").toAbsolutePath());
        } catch (IOException e) {
            throw unreadable(what, reason(e));
        }
    }

    static String ofInput(InputStream input) {
        try {
            return text(input.readAllBytes());
        } catch (IOException e) {
            throw unreadable("Standard input", reason(e));
        }
    }

    private static String text(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }

    private static String reason(Exception error) {
        return error instanceof CharacterCodingException ? "it is not text in UTF-8" : String.valueOf(error);
    }

    private static WrongUsage unreadable(String what, String why) {
        return new WrongUsage(what + " cannot be read: " + why + ".");
    }
}

package dev.thalweg.cli;

import dev.thalweg.cli.run.Streams;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/// What the launcher runs once after a build, so that the JDK records which classes a start needs and which methods are
/// hot in it: what people do first, with nothing shown.
final class Rehearsal {
    private static final List<String> BATCH = List.of("SELECT 1",
            "SELECT upper(word) AS word, count(*) AS n, sum(length(word)) AS letters FROM VALUES ('a'), ('b'), ('a') AS t(word)"
                    + " WHERE word LIKE 'a%' OR length(word) > 0 GROUP BY word HAVING count(*) > 0 ORDER BY n DESC LIMIT 5",
            "SHOW TABLES; SHOW FUNCTIONS", "SELECT nothing FROM VALUES (1) AS t(n)", "SELEC 1");

    private Rehearsal() {}

    /// Runs the rehearsal.
    ///
    /// @param args the directory that holds `training.sql`
    public static void main(String[] args) {
        String script = Path.of(args[0], "training.sql").toString();
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        Streams piped = new Streams(InputStream.nullInputStream(), nowhere, nowhere, false);
        Streams terminal = new Streams(InputStream.nullInputStream(), nowhere, nowhere, true);
        Main.run(piped, "--help");
        for (String format : List.of("table", "csv", "json")) {
            for (String statements : BATCH) {
                Main.run(piped, "sql", "--format", format, "-e", statements);
            }
        }
        Main.run(terminal, "run", script);
        System.exit(Main.run(piped, "run", script)); // the exit code tells the launcher whether all of it worked
    }
}

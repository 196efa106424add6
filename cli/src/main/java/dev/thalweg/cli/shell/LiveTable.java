package dev.thalweg.cli.shell;

import dev.thalweg.cli.run.ResultFormat;
import dev.thalweg.cli.run.ResultWriter;
import dev.thalweg.cli.run.TextRows;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.format.TableText;
import dev.thalweg.spi.sink.TriggerInfo;
import java.io.IOException;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/// The current result of a streaming SELECT, drawn over itself on a terminal after each trigger that changes it.
public final class LiveTable implements ResultWriter {
    /// Borders, header, progress line, and the line that the cursor ends up on.
    private static final int LINES_AROUND = 6;
    private static final int LINES_BY_DEFAULT = 24;

    private final PrintStream out;
    private final ZoneId zone;
    private final Supplier<Size> size;
    private final CurrentResult result = new CurrentResult();
    private int linesDrawn;

    /// @param size of the terminal now; people resize it
    public LiveTable(PrintStream out, ZoneId zone, Supplier<Size> size) {
        this.out = out;
        this.zone = zone;
        this.size = size;
    }

    /// The size of the terminal that this process writes to.
    public static Size sizeOfTerminal() {
        try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
            return terminal.getSize();
        } catch (IOException e) {
            return Size.of(0, 0); // a terminal that does not tell
        }
    }

    @Override
    public void answer(RowType schema, List<Batch> batches) {
        ResultFormat.TABLE.writer(out, zone).answer(schema, batches);
    }

    @Override
    public void trigger(RowType schema, List<Batch> batches, TriggerInfo trigger) {
        List<List<String>> rows = TextRows.of(schema, batches, zone);
        if (rows.isEmpty()) {
            return;
        }
        int change = schema.size() - 1;
        rows.forEach(row -> result.apply(row.get(change), row.subList(0, change)));
        draw(schema.names().subList(0, change), trigger);
    }

    private void draw(List<String> header, TriggerInfo trigger) {
        Size terminal = size.get();
        int width = terminal.getColumns() > 0 ? terminal.getColumns() : Integer.MAX_VALUE;
        int most = Math.max(1, (terminal.getRows() > 0 ? terminal.getRows() : LINES_BY_DEFAULT) - LINES_AROUND);
        List<List<String>> shown = result.shown(most);
        StringBuilder text = new StringBuilder();
        if (linesDrawn > 0) {
            text.append("\u001b[").append(linesDrawn).append("A\r\u001b[J"); // back to where the last drawing began
        }
        List<String> lines = TableText.of(header, shown, 0).lines().toList();
        lines.forEach(line -> text.append(cut(line, width)).append('\n'));
        String progress = "trigger " + trigger.number() + " · watermark " + TextRows.watermark(trigger, zone) + " · "
                + result.count() + (result.count() == 1 ? " row" : " rows")
                + (shown.size() < result.count() ? ", " + shown.size() + " shown" : "") + " · Ctrl-C ends";
        text.append(cut(progress, width)).append('\n');
        linesDrawn = lines.size() + 1;
        out.print(text);
        out.flush();
    }

    private static String cut(String line, int width) {
        return line.codePointCount(0, line.length()) <= width
                ? line
                : line.substring(0, line.offsetByCodePoints(0, width));
    }
}

package dev.thalweg.planner.logical;

import dev.thalweg.parser.SourceText;
import dev.thalweg.planner.function.QueryProblem;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.sql.parser.SqlParserPos;

/// Words the problems of a query as one error: what, where with the line of the text, and what to do.
final class ProblemReport {
    private ProblemReport() {}

    /// @param text the query as written, or empty when a program built it
    static InvalidQuery of(List<QueryProblem> problems, String text) {
        QueryProblem first = problems.getFirst();
        String all = problems.stream()
                .sorted(java.util.Comparator.comparing(QueryProblem::place, ProblemReport::compare))
                .map(problem -> sentence(problem, text)).collect(Collectors.joining("\n\n"));
        return new InvalidQuery(first.code(), all, first);
    }

    private static int compare(SqlParserPos a, SqlParserPos b) {
        int lines = Integer.compare(a.getLineNum(), b.getLineNum());
        return lines != 0 ? lines : Integer.compare(a.getColumnNum(), b.getColumnNum());
    }

    private static String sentence(QueryProblem problem, String text) {
        StringBuilder sentence = new StringBuilder(problem.what());
        SqlParserPos place = problem.place();
        if (!text.isEmpty() && place.getLineNum() > 0) {
            boolean stop = sentence.length() > 0 && sentence.charAt(sentence.length() - 1) == '.';
            sentence.setLength(stop ? sentence.length() - 1 : sentence.length());
            sentence.append(" (").append(SourceText.place(place)).append(").\n")
                    .append(new SourceText(text).excerpt(place));
        }
        return problem.help().isEmpty() ? sentence.toString() : sentence + "\n" + problem.help();
    }
}

package dev.thalweg.parser;

import dev.thalweg.parser.grammar.ThalwegLexer;
import dev.thalweg.parser.grammar.ThalwegParser.IdentifierContext;
import dev.thalweg.parser.grammar.ThalwegParser.MatchRecognizeContext;
import dev.thalweg.parser.grammar.ThalwegParser.PatternExclusionContext;
import dev.thalweg.parser.grammar.ThalwegParser.PatternGroupContext;
import dev.thalweg.parser.grammar.ThalwegParser.PatternPermutationContext;
import dev.thalweg.parser.grammar.ThalwegParser.PatternVariableContext;
import dev.thalweg.parser.grammar.ThalwegParser.PatternQuantifierContext;
import dev.thalweg.parser.grammar.ThalwegParser.RowPatternContext;
import dev.thalweg.parser.grammar.ThalwegParser.RowPatternFactorContext;
import dev.thalweg.parser.grammar.ThalwegParser.RowPatternPrimaryContext;
import dev.thalweg.parser.grammar.ThalwegParser.RowPatternTermContext;
import dev.thalweg.parser.grammar.ThalwegParser.RowsPerMatchContext;
import dev.thalweg.parser.grammar.ThalwegParser.SkipToContext;
import dev.thalweg.parser.tree.MatchRecognize;
import dev.thalweg.parser.tree.MatchRecognize.Clauses;
import dev.thalweg.parser.tree.MatchRecognize.Named;
import dev.thalweg.parser.tree.MatchRecognize.Rows;
import dev.thalweg.parser.tree.MatchRecognize.Skip;
import dev.thalweg.parser.tree.MatchRecognize.Subset;
import dev.thalweg.parser.tree.RowPattern;
import dev.thalweg.spi.error.Defect;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/// Makes the tree of MATCH_RECOGNIZE behind a relation.
final class MatchBuilder {
    private static final int TIMES_MAX = 1_000;

    private final TreeBuilders builders;

    MatchBuilder(TreeBuilders builders) {
        this.builders = builders;
    }

    SqlNode of(SqlNode relation, @Nullable MatchRecognizeContext match) {
        if (match == null) {
            return relation;
        }
        Clauses clauses = new Clauses(
                new SqlNodeList(builders.expressions.of(match.partitions), Positions.of(match)),
                builders.functions.sortItems(match.sortItem(), match),
                match.matchMeasure().stream().map(m -> named(m.expression(), m.identifier())).toList(),
                rows(match.rowsPerMatch()), skip(match.skipTo()), pattern(match.rowPattern()), within(match),
                match.matchSubset().stream().map(subset -> new Subset(builders.identifier(subset.name),
                        subset.members.stream().map(builders::identifier).toList())).toList(),
                match.matchDefinition().stream().map(d -> named(d.expression(), d.identifier())).toList());
        SqlNode node = new MatchRecognize(Positions.of(match), relation, clauses);
        return match.tableAlias() == null ? node : builders.relations.aliased(node, match.tableAlias());
    }

    private Named named(ParseTree expression, IdentifierContext name) {
        return new Named(builders.expressions.of(expression), builders.identifier(name));
    }

    private OptionalLong within(MatchRecognizeContext match) {
        if (match.within == null) {
            return OptionalLong.empty();
        }
        Interval interval = builders.literals.interval(match.within);
        if (interval.ofCalendar() || interval.amount() <= 0) {
            throw builders.error("THW-1006", Positions.of(match.within),
                    interval.ofCalendar() ? "A month has no fixed length" : "The length of a match is above 0",
                    "Write WITHIN with days or shorter, such as WITHIN INTERVAL 10 MINUTES.");
        }
        return OptionalLong.of(interval.amount());
    }

    private static Rows rows(@Nullable RowsPerMatchContext rows) {
        if (rows == null || rows.ONE() != null) {
            return Rows.ONE;
        }
        if (rows.OMIT() != null) {
            return Rows.ALL_OMIT_EMPTY;
        }
        return rows.UNMATCHED() != null ? Rows.ALL_WITH_UNMATCHED : Rows.ALL;
    }

    private Skip skip(@Nullable SkipToContext skip) {
        if (skip == null || skip.PAST() != null) {
            return new Skip(Skip.To.PAST_LAST_ROW, Optional.empty());
        }
        if (skip.NEXT() != null && skip.identifier() == null) {
            return new Skip(Skip.To.NEXT_ROW, Optional.empty());
        }
        boolean first = skip.end != null && skip.end.getType() == ThalwegLexer.FIRST;
        return new Skip(first ? Skip.To.FIRST : Skip.To.LAST, Optional.of(builders.identifier(skip.identifier())));
    }

    // ---- the pattern

    private RowPattern pattern(@Nullable RowPatternContext pattern) {
        if (pattern == null) {
            return new RowPattern.Sequence(List.of());
        }
        List<RowPattern> parts = pattern.rowPatternTerm().stream().map(this::term).toList();
        return parts.size() == 1 ? parts.getFirst() : new RowPattern.Choice(parts);
    }

    private RowPattern term(RowPatternTermContext term) {
        List<RowPattern> parts = term.rowPatternFactor().stream().map(this::factor).toList();
        return parts.size() == 1 ? parts.getFirst() : new RowPattern.Sequence(parts);
    }

    private RowPattern factor(RowPatternFactorContext factor) {
        RowPattern part = primary(factor.rowPatternPrimary());
        return factor.patternQuantifier() == null ? part : repeat(part, factor.patternQuantifier());
    }

    private RowPattern primary(RowPatternPrimaryContext primary) {
        return switch (primary) {
            case PatternVariableContext variable ->
                    new RowPattern.Variable(builders.identifier(variable.identifier()));
            case PatternGroupContext group -> pattern(group.rowPattern());
            case PatternExclusionContext excluded -> new RowPattern.Excluded(pattern(excluded.rowPattern()));
            case PatternPermutationContext permutation ->
                    new RowPattern.Permutation(permutation.rowPattern().stream().map(this::pattern).toList());
            default -> throw new Defect("THW-9030", "No pattern is made of " + primary.getClass().getSimpleName());
        };
    }

    private RowPattern repeat(RowPattern part, PatternQuantifierContext quantifier) {
        boolean greedy = quantifier.reluctant == null;
        if (quantifier.ASTERISK() != null) {
            return new RowPattern.Repeat(part, 0, OptionalInt.empty(), greedy);
        }
        if (quantifier.PLUS() != null) {
            return new RowPattern.Repeat(part, 1, OptionalInt.empty(), greedy);
        }
        if (quantifier.LEFT_BRACE() == null) {
            return new RowPattern.Repeat(part, 0, OptionalInt.of(1), greedy);
        }
        if (quantifier.exactly != null) {
            int times = times(quantifier.exactly, quantifier);
            return new RowPattern.Repeat(part, times, OptionalInt.of(times), greedy);
        }
        int least = quantifier.least == null ? 0 : times(quantifier.least, quantifier);
        OptionalInt most = quantifier.most == null
                ? OptionalInt.empty()
                : OptionalInt.of(times(quantifier.most, quantifier));
        if (most.isPresent() && (most.getAsInt() < least || most.getAsInt() == 0)) {
            throw builders.error("THW-1004", Positions.of(quantifier), "This quantifier allows no number of times",
                    "Write the smaller number first, such as A{2,3}.");
        }
        return new RowPattern.Repeat(part, least, most, greedy);
    }

    private int times(Token number, ParserRuleContext quantifier) {
        String digits = number.getText();
        int times = digits.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(digits);
        if (times > TIMES_MAX) {
            throw builders.error("THW-1006", Positions.of(quantifier), "A pattern repeats at most " + TIMES_MAX
                    + " times", "Write + or * with a condition on count(A.*), such as A AS count(A.*) <= 5000.");
        }
        return times;
    }
}

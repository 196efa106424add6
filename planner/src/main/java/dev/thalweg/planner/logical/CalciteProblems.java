package dev.thalweg.planner.logical;

import dev.thalweg.planner.function.QueryProblem;
import dev.thalweg.planner.logical.EngineValidator.Offer;
import dev.thalweg.spi.NearNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/// Says in our words what Calcite's validator found wrong.
final class CalciteProblems {
    private static final Pattern COLUMN = Pattern
            .compile("Column '([^']*)' not found in (?:any table|table '([^']*)')(?:; did you mean .*)?");
    private static final Pattern TABLE = Pattern.compile("Table '([^']*)' not found.*");
    private static final Pattern AMBIGUOUS = Pattern.compile("Column '([^']*)' is ambiguous");
    private static final Pattern USING_TWICE = Pattern
            .compile("Column name '([^']*)' in (?:NATURAL join or )?USING clause is not unique .*");
    private static final Pattern NOT_GROUPED = Pattern.compile("Expression '(.*)' is not being grouped",
            Pattern.DOTALL);
    private static final Pattern AGGREGATE_IN = Pattern.compile("Aggregate expression is illegal in (.*) clause");
    private static final Pattern OVER_IN = Pattern.compile("Windowed aggregate expression is illegal in (.*) clause");
    private static final Pattern COUNT_MISMATCH = Pattern.compile("Column count mismatch in (.*)");
    private static final Pattern TYPE_MISMATCH = Pattern.compile("Type mismatch in column (\\d+) of (.*)");
    private static final Pattern CONDITION = Pattern.compile("(\\w+) clause must be a condition");
    private static final Pattern CANNOT_APPLY = Pattern.compile("Cannot apply '(.*)' to arguments of type '(.*)'\\. .*",
            Pattern.DOTALL);
    private static final Pattern DUPLICATE = Pattern.compile("Duplicate relation name '([^']*)' in FROM clause");
    private static final Pattern DEGREE = Pattern.compile(
            "List of column aliases must have same degree as table; table has (\\d+) columns .*, whereas alias list has (\\d+) "
                    + "columns",
            Pattern.DOTALL);
    private static final Pattern IDENTIFIER = Pattern.compile("Unknown identifier '([^']*)'");
    /// Messages without parts; `help` holds how Calcite's begins.
    private static final List<QueryProblem> FIXED = List.of(
            fixed("THW-1112", "The SELECT list has no column of that number: they count from 1.",
                    "Ordinal out of range"),
            fixed("THW-1111", "A query of WITH has another number of columns than it is given names.",
                    "Number of columns must match number of query columns"),
            fixed("THW-1111", "A subquery that stands for a value must give one column.", "Only scalar sub-queries"),
            fixed("THW-1111", "The subquery of IN must give as many columns, of like types, as stand before IN.",
                    "Values passed to IN operator"),
            fixed("THW-1110", "FILTER cannot hold an aggregate: it looks at single rows.", "FILTER must not contain"),
            fixed("THW-1109", "grouping() needs a GROUP BY in the same SELECT.",
                    "GROUPING operator may only occur in an aggregate query"),
            fixed("THW-1109", "grouping_id() needs a GROUP BY in the same SELECT.",
                    "GROUPING_ID operator may only occur in an aggregate query"),
            fixed("THW-1109", "grouping() takes a column of GROUP BY.", "Argument to GROUPING operator"),
            fixed("THW-1109", "grouping_id() takes columns of GROUP BY.", "Argument to GROUPING_ID operator"));
    private static final Pattern NULLS = Pattern
            .compile("Cannot specify IGNORE NULLS or RESPECT NULLS following '([^']*)'");
    private static final Pattern FIELD = Pattern.compile("Unknown field '([^']*)'");

    private static QueryProblem fixed(String code, String what, String calcites) {
        return new QueryProblem(code, what, SqlParserPos.ZERO, calcites);
    }

    private final EngineValidator validator;
    private final Preparation preparation;

    CalciteProblems(EngineValidator validator, Preparation preparation) {
        this.validator = validator;
        this.preparation = preparation;
    }

    QueryProblem of(CalciteContextException error) {
        SqlParserPos place = new SqlParserPos(error.getPosLine(), error.getPosColumn(), error.getEndPosLine(),
                error.getEndPosColumn());
        Throwable cause = error.getCause();
        String message = String.valueOf(cause == null ? error.getMessage() : cause.getMessage());
        return of(message, place);
    }

    private QueryProblem of(String message, SqlParserPos place) {
        Matcher column = COLUMN.matcher(message);
        if (column.matches()) {
            return unknownColumn(column.group(1), Optional.ofNullable(column.group(2)), place);
        }
        Matcher table = TABLE.matcher(message);
        if (table.matches()) {
            return unknownColumn(table.group(1), Optional.empty(), place);
        }
        Matcher ambiguous = AMBIGUOUS.matcher(message);
        if (ambiguous.matches()) {
            return ambiguous(ambiguous.group(1), offers(place), place);
        }
        Matcher notUnique = USING_TWICE.matcher(message);
        if (notUnique.matches()) {
            return ambiguous(notUnique.group(1), offers(place), place);
        }
        Matcher grouped = NOT_GROUPED.matcher(message);
        if (grouped.matches()) {
            String name = shown(grouped.group(1), place);
            return new QueryProblem("THW-1109", "'" + name + "' is neither grouped nor aggregated.", place,
                    "Add it to GROUP BY, or take any value of the group: any_value(" + name + ").");
        }
        Matcher nulls = NULLS.matcher(message);
        if (nulls.matches()) {
            return new QueryProblem("THW-3200", nulls.group(1) + "() takes neither IGNORE NULLS nor RESPECT NULLS.",
                    place,
                    "first, last, nth_value, lag and lead do; an aggregate passes over NULLs of itself. Leave it out.");
        }
        Matcher relation = IDENTIFIER.matcher(message);
        if (relation.matches()) {
            String known = offers(place).stream().map(Offer::alias).filter(alias -> !alias.startsWith("$"))
                    .collect(Collectors.joining(", "));
            return new QueryProblem("THW-1101", "Nothing in FROM is called '" + relation.group(1) + "'.", place,
                    known.isEmpty() ? "" : "There are: " + known + ".");
        }
        return ofClause(message, place);
    }

    private static QueryProblem ofClause(String message, SqlParserPos place) {
        Matcher aggregate = AGGREGATE_IN.matcher(message);
        if (aggregate.matches()) {
            String clause = aggregate.group(1);
            return new QueryProblem("THW-1110", "An aggregate cannot stand in " + clause + ".", place,
                    clause.equals("WHERE")
                            ? "WHERE looks at single rows: write the condition into HAVING."
                            : "Compute it in a subquery.");
        }
        Matcher over = OVER_IN.matcher(message);
        if (over.matches()) {
            return new QueryProblem("THW-1110", "OVER cannot stand in " + over.group(1) + ".", place,
                    "Compute it in a subquery, or use QUALIFY.");
        }
        if (message.startsWith("Aggregate expressions cannot be nested")) {
            return new QueryProblem("THW-1110", "An aggregate cannot stand inside an aggregate.", place,
                    "Compute the inner one in a subquery.");
        }
        Matcher degree = COUNT_MISMATCH.matcher(message);
        if (degree.matches()) {
            return new QueryProblem("THW-1111",
                    "The sides of " + degree.group(1) + " have different numbers of columns.",
                    place, "Name the same number of columns on both sides; they are matched by position.");
        }
        Matcher types = TYPE_MISMATCH.matcher(message);
        if (types.matches()) {
            return new QueryProblem("THW-1203", "Column " + types.group(1) + " of " + types.group(2)
                    + " has no type in common on both sides.", place,
                    "CAST one of the two; columns are matched by position.");
        }
        return ofRest(message, place);
    }

    private static QueryProblem ofRest(String message, SqlParserPos place) {
        Matcher condition = CONDITION.matcher(message);
        if (condition.matches()) {
            return new QueryProblem("THW-1203",
                    condition.group(1) + " needs a condition: something that is true or false.",
                    place, "Write a comparison.");
        }
        Matcher apply = CANNOT_APPLY.matcher(message);
        if (apply.matches() && apply.group(1).equals("$SCALAR_QUERY")) {
            return new QueryProblem("THW-1111", "A subquery that stands for a value must give one column.", place, "");
        }
        if (apply.matches()) {
            return new QueryProblem("THW-1201", "'" + apply.group(1) + "' does not take "
                    + apply.group(2).replaceAll("[<>]", "") + ".", place, "A CAST makes one type of another.");
        }
        Matcher duplicate = DUPLICATE.matcher(message);
        if (duplicate.matches()) {
            return new QueryProblem("THW-1113", "'" + duplicate.group(1) + "' is twice in FROM.", place,
                    "Give one of the two another name: … AS name.");
        }
        Matcher degree = DEGREE.matcher(message);
        if (degree.matches()) {
            return new QueryProblem("THW-1111", "There are " + degree.group(1) + " columns, but names for "
                    + degree.group(2) + ".", place, "Give each column a name.");
        }
        Matcher field = FIELD.matcher(message);
        if (field.matches()) {
            return new QueryProblem("THW-1104", "Unknown field '" + field.group(1) + "'.", place,
                    "DESCRIBE the table to see the fields of its structs.");
        }
        if (message.startsWith("Values passed to VALUES operator")) { // of like lengths: ValuesShape has looked at them
            return new QueryProblem("THW-1203", "The values of a column of VALUES have no type in common.", place,
                    "Write them alike, or CAST those that differ.");
        }
        Optional<QueryProblem> fixed = FIXED.stream().filter(problem -> message.startsWith(problem.help()))
                .map(problem -> new QueryProblem(problem.code(), problem.what(), place, "")).findFirst();
        return fixed.orElseGet(
                () -> new QueryProblem("THW-1199", message.endsWith(".") ? message : message + ".", place, ""));
    }

    // ---- columns

    private QueryProblem unknownColumn(String name, Optional<String> table, SqlParserPos place) {
        String shown = shown(name, place);
        List<Offer> offers = offers(place);
        String last = shown.substring(shown.lastIndexOf('.') + 1);
        List<Offer> meant = table.isEmpty()
                ? offers
                : offers.stream().filter(offer -> offer.alias().equalsIgnoreCase(table.get())).toList();
        if (meant.isEmpty()) {
            meant = offers;
        }
        if (meant.isEmpty()) {
            return new QueryProblem("THW-1104", "Unknown column '" + shown + "'.", place,
                    "There is nothing to take it from.");
        }
        if (meant.stream().anyMatch(offer -> timesShown(offer, last) > 1)) {
            return ambiguous(last, meant, place);
        }
        boolean one = meant.size() == 1;
        String where = one ? " in " + described(meant.getFirst()) : "";
        List<String> columns = meant.stream().flatMap(offer -> offer.columns().stream()
                .map(column -> one ? column : offer.alias() + "." + column)).toList();
        List<String> bare = meant.stream().flatMap(offer -> offer.columns().stream()).toList();
        boolean oneSided = bare.stream().anyMatch(last::equalsIgnoreCase);
        String near = oneSided
                ? "USING and NATURAL need it on both sides. "
                : last.length() < 2
                        ? ""
                        : NearNames.nearest(last, bare).map(n -> "Did you mean '" + n + "'? ").orElse("");
        String subject = one ? "The " + kind(meant.getFirst()) + " has: " : "There are: ";
        return new QueryProblem("THW-1104", "Unknown column '" + shown + "'" + where + ".", place,
                near + subject + String.join(", ", columns) + ".");
    }

    /// The candidates are the relations that have such a column, as often as they have it.
    private QueryProblem ambiguous(String name, List<Offer> offers, SqlParserPos place) {
        List<Offer> owners = offers.stream().filter(offer -> timesShown(offer, name) > 0).toList();
        Optional<Offer> twice = owners.stream().filter(offer -> timesShown(offer, name) > 1).findFirst();
        if (twice.isPresent()) {
            Offer offer = twice.get();
            return new QueryProblem("THW-1105", "Column '" + name + "' is ambiguous: " + described(offer) + " has "
                    + timesShown(offer, name) + " columns of that name.", place,
                    "Give them names of their own where they are made. The " + kind(offer) + " has: "
                            + String.join(", ", offer.columns()) + ".");
        }
        List<String> aliases = owners.stream().map(Offer::alias).filter(alias -> !alias.startsWith("$")).toList();
        return new QueryProblem("THW-1105", "Column '" + name + "' is ambiguous.", place, aliases.isEmpty()
                ? "Give one of the two another name with AS, or write the table before it."
                : "Write " + aliases.stream().map(a -> a + "." + name).collect(Collectors.joining(" or ")) + ".");
    }

    private static long timesShown(Offer offer, String column) {
        return offer.columns().stream().filter(column::equalsIgnoreCase).count();
    }

    private String described(Offer offer) {
        return offer.table().map(Relation::described)
                .orElse(offer.alias().startsWith("$") ? "the subquery" : "'" + offer.alias() + "'");
    }

    private String kind(Offer offer) {
        return offer.table().map(Relation::kind).orElse("query");
    }

    /// What the SELECT around a place has in its FROM clause.
    private List<Offer> offers(SqlParserPos place) {
        List<SqlSelect> around = new ArrayList<>(preparation.selects());
        around.removeIf(select -> !covers(select.getParserPosition(), place));
        if (around.isEmpty() && !preparation.selects().isEmpty()) {
            around.add(preparation.selects().getLast()); // ORDER BY stands behind its SELECT
        }
        return around.stream().min(java.util.Comparator.comparingLong(select -> extent(select.getParserPosition())))
                .map(select -> validator.offers(select, preparation.relations())).orElse(List.of());
    }

    private static boolean covers(SqlParserPos outer, SqlParserPos inner) {
        boolean starts = outer.getLineNum() < inner.getLineNum()
                || (outer.getLineNum() == inner.getLineNum() && outer.getColumnNum() <= inner.getColumnNum());
        boolean ends = outer.getEndLineNum() > inner.getEndLineNum()
                || (outer.getEndLineNum() == inner.getEndLineNum()
                        && outer.getEndColumnNum() >= inner.getEndColumnNum());
        return starts && ends;
    }

    private static long extent(SqlParserPos place) {
        return (place.getEndLineNum() - place.getLineNum()) * 10_000L + place.getEndColumnNum() - place.getColumnNum();
    }

    /// The name as it was written at that place, which Calcite may have qualified.
    private String shown(String name, SqlParserPos place) {
        List<String> found = new ArrayList<>();
        for (SqlSelect select : preparation.selects()) {
            select.accept(new SqlBasicVisitor<Void>() {
                @Override
                @SuppressWarnings("NullAway") // a visitor of nothing gives null
                public Void visit(SqlIdentifier identifier) {
                    if (identifier.getParserPosition().equals(place) && found.isEmpty()) {
                        found.add(String.join(".", identifier.names));
                    }
                    return null;
                }
            });
        }
        String shown = found.isEmpty() ? name : found.getFirst();
        String own = shown.substring(shown.lastIndexOf('.') + 1);
        if (own.length() == place.getEndColumnNum() - place.getColumnNum() + 1) {
            return own; // the rest was put there by the validator
        }
        return shown.contains("$") ? shown.substring(shown.lastIndexOf('.') + 1) : shown;
    }
}

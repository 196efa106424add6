package dev.thalweg.planner.logical;

import dev.thalweg.parser.tree.StreamOperators;
import dev.thalweg.planner.function.Operators;
import dev.thalweg.planner.function.QueryProblem;
import dev.thalweg.planner.type.TypeMapping;
import dev.thalweg.planner.type.TypeRules;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.ListScope;
import org.apache.calcite.sql.validate.SelectScope;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorNamespace;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.util.Litmus;
import org.apache.calcite.util.Static;
import org.jspecify.annotations.Nullable;

/// Calcite's validator with our dialect, which can say afterwards what a FROM clause offered.
final class EngineValidator extends SqlValidatorImpl {
    private final Set<SqlValidatorNamespace> failed = Collections.newSetFromMap(new IdentityHashMap<>());

    EngineValidator(SqlOperatorTable operators, SqlValidatorCatalogReader tables, RelDataTypeFactory types) {
        super(operators, tables, types, Config.DEFAULT.withConformance(new Dialect()).withTypeCoercionEnabled(true)
                .withTypeCoercionFactory((factory, _) -> new NoCoercion(factory))
                .withIdentifierExpansion(true).withDefaultNullCollation(org.apache.calcite.config.NullCollation.LOW));
    }

    /// Adds a column of `*`. Calcite would number it here where the name is taken. What a match is computed of is no such column.
    @Override
    protected void addToSelectList(List<SqlNode> list, Set<String> aliases,
            List<Map.Entry<String, RelDataType>> fields, SqlNode column, SelectScope scope, boolean systemColumns) {
        if (column instanceof SqlIdentifier name && name.names.getLast().startsWith(PrepareMatch.HIDDEN)) {
            return;
        }
        super.addToSelectList(list, new HashSet<>(), fields, column, scope, systemColumns);
    }

    /// Marks the columns of a SELECT that are shown under one name, so that a query around can tell them apart.
    @Override
    protected RelDataType validateSelectList(SqlNodeList items, SqlSelect select, RelDataType target) {
        RelDataType row = super.validateSelectList(items, select, target);
        SqlNodeList expanded = select.getSelectList();
        List<String> shown = IntStream.range(0, expanded.size())
                .mapToObj(i -> shown(expanded.get(i), row.getFieldNames().get(i))).toList();
        List<String> names = ColumnMarks.marked(shown, i -> isCopy(expanded, shown, i));
        if (names.equals(row.getFieldNames())) {
            return row;
        }
        List<SqlNode> named = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            SqlNode item = SqlUtil.stripAs(expanded.get(i));
            named.add(SqlStdOperatorTable.AS.createCall(item.getParserPosition(), item,
                    new SqlIdentifier(names.get(i), item.getParserPosition())));
        }
        select.setSelectList(new SqlNodeList(named, expanded.getParserPosition()));
        Objects.requireNonNull(getRawSelectScope(select)).setExpandedSelectList(named);
        return typeFactory.createStructType(row.getFieldList().stream().map(RelDataTypeField::getType).toList(), names);
    }

    /// As the user wrote it, or as the relation below shows it.
    private static String shown(SqlNode item, String name) {
        if (!(item instanceof SqlIdentifier column)) {
            return name;
        }
        String below = ColumnMarks.shown(column.names.getLast());
        return below.equalsIgnoreCase(name) ? name : below;
    }

    /// Whether an earlier item is the same column under the same name: such two are not ambiguous.
    private static boolean isCopy(SqlNodeList items, List<String> shown, int index) {
        return SqlUtil.stripAs(items.get(index)) instanceof SqlIdentifier column
                && IntStream.range(0, index).anyMatch(i -> shown.get(i).equalsIgnoreCase(shown.get(index))
                        && column.equalsDeep(SqlUtil.stripAs(items.get(i)), Litmus.IGNORE));
    }

    @Override
    protected void validateOrderList(SqlSelect select) {
        OrderByAll.expanded(select.getOrderList(), select.getSelectList().size()).ifPresent(select::setOrderBy);
        super.validateOrderList(select);
    }

    /// An alias in ORDER BY that two items bear means neither.
    @Override
    public SqlNode expandOrderExpr(SqlSelect select, SqlNode order) {
        RelDataType row = Objects.requireNonNull(getNamespace(select)).getRowType();
        order.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlIdentifier name) {
                RelDataTypeField field = name.isSimple() ? nameMatcher().field(row, name.getSimple()) : null;
                if (field != null && field.getIndex() == ColumnNameMatcher.AMBIGUOUS) {
                    throw newValidationError(name, Static.RESOURCE.columnAmbiguous(name.getSimple()));
                }
                return null;
            }

            @Override
            public @Nullable Void visit(SqlCall call) {
                return call.isA(SqlKind.QUERY) ? null : super.visit(call); // names in a subquery are its own
            }
        });
        return super.expandOrderExpr(select, order);
    }

    private SqlNameMatcher nameMatcher() {
        return getCatalogReader().nameMatcher();
    }

    /// A star stands for columns, which are known once FROM is validated and needed before anything is typed.
    @Override
    protected void validateWhereClause(SqlSelect select) {
        SqlNode where = select.getWhere();
        if (where != null) {
            select.setWhere(where.accept(stars(select)));
        }
        super.validateWhereClause(select);
    }

    private StarArguments stars(SqlSelect select) {
        return new StarArguments(star -> star instanceof SqlCall ofStruct
                ? fields(ofStruct.operand(0), select)
                : expandStar(SqlNodeList.of(star), select, false));
    }

    private SqlNodeList fields(SqlNode struct, SqlSelect select) {
        DataType type = TypeMapping.dataType(deriveType(getWhereScope(select), struct));
        if (!(type instanceof DataType.Struct(RowType row))) {
            throw new QueryProblem("THW-1107", "'.*' cannot follow " + TypeRules.a(type) + ".",
                    struct.getParserPosition(), "A table of FROM has columns, and a STRUCT fields.");
        }
        SqlParserPos place = struct.getParserPosition();
        return new SqlNodeList(row.names().stream().map(name -> SqlStdOperatorTable.AS.createCall(place,
                Operators.field(name).createCall(place, struct), new SqlIdentifier(name, place))).toList(), place);
    }

    /// What PIVOT and UNPIVOT leave alone, in place: in the SELECT list, and for PIVOT in GROUP BY.
    private void expandOthers(SqlSelect select) {
        SqlNodeList items = select.getSelectList();
        if (items.isEmpty() || !StreamOperators.is(SqlUtil.stripAs(items.get(0)), StreamOperators.OTHER_COLUMNS)) {
            return;
        }
        SqlCall mark = (SqlCall) SqlUtil.stripAs(items.get(0));
        String alias = ((SqlLiteral) mark.operand(0)).getValueAs(String.class);
        List<SqlNode> all = expandStar(SqlNodeList.of(SqlIdentifier.star(mark.getParserPosition())), select, false)
                .getList();
        Set<String> names = new HashSet<>();
        all.forEach(column -> names.add(shownName(column)));
        Set<String> used = new HashSet<>();
        for (SqlNode each : mark.getOperandList().subList(1, mark.operandCount())) {
            List<String> parts = ((SqlIdentifier) each).names;
            String first = parts.getFirst().toLowerCase(Locale.ROOT);
            used.add(names.contains(first) || parts.size() == 1 ? first : parts.get(1).toLowerCase(Locale.ROOT));
        }
        List<SqlNode> others = all.stream().filter(column -> !used.contains(shownName(column))
                && !((SqlIdentifier) SqlUtil.stripAs(column)).names.getFirst().equals(alias)).toList();
        items.remove(0);
        items.addAll(0, others);
        SqlNodeList group = select.getGroup();
        if (group != null) {
            group.clear();
            others.forEach(column -> group.add(SqlUtil.stripAs(column)));
        }
    }

    private static String shownName(SqlNode column) {
        return ColumnMarks.shown(((SqlIdentifier) SqlUtil.stripAs(column)).names.getLast()).toLowerCase(Locale.ROOT);
    }

    @Override
    protected void validateGroupClause(SqlSelect select) {
        expandOthers(select);
        StarArguments stars = stars(select);
        stars.expandIn(select.getSelectList());
        SqlNode having = select.getHaving();
        if (having != null) {
            select.setHaving(having.accept(stars));
        }
        SqlNodeList group = select.getGroup();
        if (group != null) {
            stars.expandInside(group);
        }
        SqlNodeList order = select.getOrderList();
        if (order != null) {
            stars.expandIn(order);
        }
        super.validateGroupClause(select);
    }

    /// Calcite takes a relation for valid that has once failed, and asks it without end for the type it does not have.
    @Override
    protected void validateNamespace(SqlValidatorNamespace relation, RelDataType target) {
        if (failed.contains(relation)) {
            throw new NoColumns();
        }
        try {
            super.validateNamespace(relation, target);
        } catch (RuntimeException problem) {
            failed.add(relation);
            throw problem;
        }
    }

    /// A relation whose columns nobody knows, because it is wrong itself.
    private static final class NoColumns extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /// A relation of a FROM clause: its alias and its columns as they are shown.
    ///
    /// @param table when it is one and no subquery
    record Offer(String alias, List<String> columns, Optional<Relation> table) {}

    /// What the columns of a SELECT can be taken from; empty when the validator did not get so far.
    List<Offer> offers(SqlSelect select, Map<String, Relation> relations) {
        Optional<SqlValidatorScope> scope = Optional.ofNullable(getWhereScopeIfKnown(select));
        if (scope.isEmpty() || !(scope.get() instanceof ListScope list)) {
            return List.of();
        }
        List<String> aliases = new ArrayList<>();
        List<SqlNode> sources = new ArrayList<>();
        collect(select.getFrom(), aliases, sources);
        List<Offer> offers = new ArrayList<>();
        for (int i = 0; i < list.getChildren().size() && i < aliases.size(); i++) {
            Optional<Relation> described = sources.get(i) instanceof SqlIdentifier table
                    ? Optional.ofNullable(relations.get(table.names.getLast()))
                    : Optional.empty();
            int child = i;
            columns(list.getChildren().get(i))
                    .ifPresent(columns -> offers.add(new Offer(aliases.get(child), columns, described)));
        }
        return offers;
    }

    private static Optional<List<String>> columns(SqlValidatorNamespace relation) {
        try {
            return Optional.of(ColumnMarks.shown(relation.getRowType().getFieldNames()));
        } catch (NoColumns wrong) {
            return Optional.empty();
        }
    }

    private static void collect(@Nullable SqlNode from, List<String> aliases, List<SqlNode> sources) {
        if (from instanceof SqlJoin join) {
            collect(join.getLeft(), aliases, sources);
            collect(join.getRight(), aliases, sources);
        } else if (from instanceof SqlCall call && call.getKind() == SqlKind.AS) {
            aliases.add(((SqlIdentifier) call.operand(1)).getSimple());
            sources.add(call.operand(0));
        }
    }

    @SuppressWarnings("NullAway") // null when the select was never registered
    private @Nullable SqlValidatorScope getWhereScopeIfKnown(SqlSelect select) {
        try {
            return getWhereScope(select);
        } catch (RuntimeException e) {
            return null; // validation stopped before this SELECT had a scope
        }
    }
}

package dev.thalweg.planner.logical;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.validate.ListScope;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/// Calcite's validator with our dialect, which can say afterwards what a FROM clause offered.
final class EngineValidator extends SqlValidatorImpl {
    EngineValidator(SqlOperatorTable operators, SqlValidatorCatalogReader tables, RelDataTypeFactory types) {
        super(operators, tables, types, Config.DEFAULT.withConformance(new Dialect()).withTypeCoercionEnabled(true)
                .withTypeCoercionFactory((factory, _) -> new NoCoercion(factory))
                .withIdentifierExpansion(true).withDefaultNullCollation(org.apache.calcite.config.NullCollation.LOW));
    }

    /// A relation of a FROM clause: its alias and columns.
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
            offers.add(new Offer(aliases.get(i), list.getChildren().get(i).getRowType().getFieldNames(), described));
        }
        return offers;
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

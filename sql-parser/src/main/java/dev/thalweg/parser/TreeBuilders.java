package dev.thalweg.parser;

import dev.thalweg.parser.grammar.ThalwegParser.AnyWordContext;
import dev.thalweg.parser.grammar.ThalwegParser.BareAliasContext;
import dev.thalweg.parser.grammar.ThalwegParser.ColumnNamesContext;
import dev.thalweg.parser.grammar.ThalwegParser.ExceptColumnsContext;
import dev.thalweg.parser.grammar.ThalwegParser.IdentifierContext;
import dev.thalweg.parser.grammar.ThalwegParser.QualifiedNameContext;
import dev.thalweg.parser.grammar.ThalwegParser.TableNameContext;
import dev.thalweg.parser.grammar.ThalwegParser.ValueNameContext;
import dev.thalweg.parser.tree.StreamOperators;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// The builders of one text, which call each other as deep as the text nests, and the names that all of them read.
final class TreeBuilders {
    final SourceText source;
    final TypeBuilder types;
    final LiteralBuilder literals;
    final FunctionBuilder functions;
    final ExpressionBuilder expressions;
    final RelationBuilder relations;
    final QueryBuilder queries;

    TreeBuilders(SourceText source) {
        this.source = source;
        this.types = new TypeBuilder(this);
        this.literals = new LiteralBuilder(this);
        this.functions = new FunctionBuilder(this);
        this.expressions = new ExpressionBuilder(this);
        this.relations = new RelationBuilder(this);
        this.queries = new QueryBuilder(this);
    }

    SyntaxError error(String code, SqlParserPos position, String what, String advice) {
        return new SyntaxError(code, source, position, what, advice);
    }

    /// Something Spark has and we do not.
    SyntaxError later(ParserRuleContext rule, String what, String advice) {
        return error("THW-1007", Positions.of(rule), what, advice);
    }

    SqlIdentifier identifier(IdentifierContext name) {
        return simple(text(name), Positions.of(name));
    }

    SqlIdentifier identifier(ValueNameContext name) {
        return simple(text(name), Positions.of(name));
    }

    SqlIdentifier identifier(BareAliasContext name) {
        return simple(text(name), Positions.of(name));
    }

    /// Marked as quoted, whether it is or not, because Calcite takes a bare `user` for a function.
    static SqlIdentifier simple(String name, SqlParserPos position) {
        return new SqlIdentifier(List.of(name), null, position, List.of(position.withQuoting(true)));
    }

    SqlIdentifier identifier(QualifiedNameContext name) {
        return dotted(name.identifier(), name.anyWord());
    }

    SqlIdentifier identifier(TableNameContext name) {
        return dotted(name.identifier(), name.anyWord());
    }

    /// `t.* EXCEPT (a, b)`
    ///
    /// @param table null: of all tables
    SqlNode allBut(SqlParserPos position, @Nullable QualifiedNameContext table, ExceptColumnsContext left) {
        SqlNode star = table == null
                ? SqlIdentifier.star(position)
                : identifier(table).plusStar().clone(position);
        SqlNodeList names = new SqlNodeList(position);
        left.qualifiedName().forEach(name -> names.add(identifier(name)));
        return StreamOperators.ALL_BUT.createCall(position, SqlNodeList.of(star), names);
    }

    SqlNodeList identifiers(ColumnNamesContext names) {
        List<SqlNode> list = new ArrayList<>();
        names.identifier().forEach(name -> list.add(identifier(name)));
        return new SqlNodeList(list, Positions.of(names));
    }

    private static SqlIdentifier dotted(IdentifierContext first, List<AnyWordContext> rest) {
        List<String> names = new ArrayList<>(List.of(text(first)));
        List<SqlParserPos> positions = new ArrayList<>(List.of(Positions.of(first).withQuoting(true)));
        for (AnyWordContext word : rest) {
            names.add(text(word));
            positions.add(Positions.of(word).withQuoting(true));
        }
        return new SqlIdentifier(names, null, SqlParserPos.sum(positions), positions);
    }

    /// A name as written, without its backquotes.
    static String text(ParserRuleContext name) {
        String text = name.getText();
        boolean quoted = text.length() >= 2 && text.charAt(0) == '`';
        return quoted ? text.substring(1, text.length() - 1).replace("``", "`") : text;
    }
}

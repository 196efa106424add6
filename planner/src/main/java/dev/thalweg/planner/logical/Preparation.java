package dev.thalweg.planner.logical;

import dev.thalweg.planner.function.FunctionRegistry;
import dev.thalweg.planner.function.QueryProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;

/// What the preparation of one query shares and leaves behind: the relations it names, the problems it has found.
///
/// It also knows the places that an earlier attempt found wrong: what stands there is taken for a value of any type, so that the
/// next problem can be found.
final class Preparation {
    private final FunctionRegistry functions;
    private final Tables tables;
    private final Set<SqlParserPos> wrong;
    private final Set<SqlParserPos> aliases;
    private final Map<String, Relation> relations = new LinkedHashMap<>();
    private final List<QueryProblem> problems = new ArrayList<>();
    private final List<SqlSelect> selects = new ArrayList<>();
    private final Map<String, Relation> recursions = new LinkedHashMap<>();
    private final Set<Hints.Note> hints = new LinkedHashSet<>();
    private int names;

    Preparation(FunctionRegistry functions, Tables tables, Set<SqlParserPos> wrong, Set<SqlParserPos> aliases) {
        this.functions = functions;
        this.tables = tables;
        this.wrong = Set.copyOf(wrong);
        this.aliases = Set.copyOf(aliases);
    }

    /// For a part of the query that is planned by itself.
    ///
    /// @param recursions what names of recursive queries stand for in it
    Preparation inner(Map<String, Relation> recursions) {
        Preparation inner = new Preparation(functions, tables, wrong, aliases);
        inner.recursions.putAll(recursions);
        return inner;
    }

    /// What names of recursive queries stand for, in lower case.
    Map<String, Relation> recursions() {
        return recursions;
    }

    FunctionRegistry functions() {
        return functions;
    }

    Tables tables() {
        return tables;
    }

    boolean isWrong(SqlParserPos place) {
        return !wrong.isEmpty() && wrong.contains(place);
    }

    /// Whether the name there is known to be no column, so that it may be an alias of the SELECT list.
    boolean isAlias(SqlParserPos place) {
        return aliases.contains(place);
    }

    void report(QueryProblem problem) {
        if (problems.stream().noneMatch(known -> known.place().equals(problem.place()))) {
            problems.add(problem);
        }
    }

    void note(Hints.Note hint) {
        hints.add(hint);
    }

    /// What became of the hints of the query.
    List<Hints.Note> hints() {
        return List.copyOf(hints);
    }

    List<QueryProblem> problems() {
        return problems;
    }

    /// A name that no user can write.
    String freshName(String stem) {
        return "$" + stem + names++;
    }

    /// Registers a relation under a name of its own, and gives that name.
    String add(Relation relation) {
        String name = freshName("t");
        relations.put(name, relation.under(name));
        return name;
    }

    Map<String, Relation> relations() {
        return relations;
    }

    SqlSelect made(SqlSelect select) {
        selects.add(select);
        return select;
    }

    /// Every SELECT of the prepared query, inner ones first.
    List<SqlSelect> selects() {
        return selects;
    }
}

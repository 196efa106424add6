package dev.thalweg.planner.logical;

import dev.thalweg.planner.function.FunctionRegistry;
import dev.thalweg.planner.function.QueryProblem;
import dev.thalweg.planner.type.SqlTypes;
import dev.thalweg.spi.error.Defect;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.error.ThalwegException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.ViewExpanders;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
import org.apache.calcite.rel.metadata.JaninoRelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.metadata.RelMetadataQueryBase;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.rules.ProjectRemoveRule;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql2rel.SqlToRelConverter;

/// Turns one syntax tree into a logical plan, or says everything that is wrong with it.
public final class Conversion {
    private static final int PROBLEMS_MAX = 10;
    /// Problems after which the rest of the query can still be judged.
    private static final Set<String> SINGLE = Set.of("THW-1104", "THW-1105", "THW-1106", "THW-1201", "THW-1202",
            "THW-1203",
            "THW-1204", "THW-1242", "THW-1243");

    private final RelOptCluster cluster;
    private final FunctionRegistry functions;
    private final PushDown pushDown = new PushDown();
    private final boolean pushesDown;

    /// A conversion for the rels of one cluster.
    ///
    /// @param pushesDown whether filters and projections move; joins are found and subqueries removed in any case
    public Conversion(RelOptCluster cluster, FunctionRegistry functions, boolean pushesDown) {
        this.cluster = cluster;
        this.functions = functions;
        this.pushesDown = pushesDown;
    }

    /// The cluster that every rel of one planner belongs to.
    public static RelOptCluster newCluster() {
        org.apache.calcite.plan.hep.HepPlanner none = new org.apache.calcite.plan.hep.HepPlanner(
                org.apache.calcite.plan.hep.HepProgram.builder().build());
        RelOptCluster cluster = RelOptCluster.create(none, new EngineRexBuilder(new SqlTypes()));
        cluster.setMetadataQuerySupplier(Conversion::newMetadataQuery);
        return cluster;
    }

    /// Calcite finds its metadata through a variable of the thread, and a session may be used from any.
    private static RelMetadataQuery newMetadataQuery() {
        RelMetadataQueryBase.THREAD_PROVIDERS.set(JaninoRelMetadataProvider.of(DefaultRelMetadataProvider.INSTANCE));
        return new KnownRows();
    }

    /// **Errors** [InvalidQuery], with all problems found.
    public LogicalPlan plan(SqlNode tree, String text, Tables tables) {
        SqlNode query = text.isEmpty() ? TreePlaces.in(tree) : tree;
        List<QueryProblem> problems = new ArrayList<>();
        Set<SqlParserPos> wrong = new HashSet<>();
        Set<SqlParserPos> aliases = new HashSet<>();
        while (true) {
            Preparation preparation = new Preparation(functions, tables, wrong, aliases);
            try {
                LogicalPlan plan = convert(query, preparation);
                problems.addAll(preparation.problems());
                if (problems.isEmpty()) {
                    LogicalPlan noted = plan.with(MarkLives.overTables(plan.rel()));
                    Hints.warn(noted.hints());
                    return noted;
                }
                throw ProblemReport.of(problems, text);
            } catch (QueryProblem problem) {
                if (problem.code().equals("THW-1104") && aliases.add(problem.place())) {
                    continue; // no column: look among the aliases before it in the SELECT list
                }
                boolean first = problems.isEmpty();
                boolean single = SINGLE.contains(problem.code());
                if ((first || single) && isNew(problem, problems)) {
                    problems.add(problem);
                }
                if (!single || problems.size() == PROBLEMS_MAX || !wrong.add(problem.place())) {
                    preparation.problems().stream().filter(p -> p != problem && isNew(p, problems))
                            .forEach(problems::add);
                    throw ProblemReport.of(problems, text);
                }
            } catch (ThalwegException report) {
                throw report;
            } catch (AssertionError | RuntimeException failure) {
                preparation.problems().stream().filter(p -> isNew(p, problems)).forEach(problems::add);
                throw problems.isEmpty()
                        ? failed(text.isEmpty() ? query.toString() : text, failure)
                        : ProblemReport.of(problems, text); // Calcite stumbled over what is left of a wrong query
            }
        }
    }

    private static Defect failed(String query, Throwable failure) {
        return new Defect("THW-9106", "The planner failed on this query: " + query
                + "\nSend it to us, with the columns of its tables and this: " + failure.getMessage(), failure);
    }

    private static boolean isNew(QueryProblem problem, List<QueryProblem> known) {
        return known.stream().noneMatch(other -> other.place().equals(problem.place()));
    }

    private LogicalPlan convert(SqlNode query, Preparation preparation) {
        SqlNode prepared = new PrepareSyntax(preparation, validator(Map.of()),
                (part, recursions) -> part(part, preparation.inner(recursions))).query(query, Names.NONE);
        if (preparation.problems().stream().anyMatch(problem -> !SINGLE.contains(problem.code()))) {
            throw preparation.problems().getFirst(); // without its tables no query can be judged
        }
        EngineValidator validator = validator(preparation.relations());
        SqlNode validated;
        try {
            validated = validator.validate(prepared);
        } catch (CalciteContextException error) {
            throw new CalciteProblems(validator, preparation).of(error);
        }
        if (!preparation.problems().isEmpty()) {
            return new LogicalPlan(emptyAfterProblems());
        }
        return new LogicalPlan(optimise(toRel(validator, validated)), preparation.tables().views(),
                preparation.hints());
    }

    /// A part of a query, which is of no use with problems.
    private LogicalPlan part(SqlNode query, Preparation preparation) {
        LogicalPlan plan = convert(query, preparation);
        if (!preparation.problems().isEmpty()) {
            throw preparation.problems().getFirst();
        }
        return plan;
    }

    private RelNode emptyAfterProblems() {
        return org.apache.calcite.rel.logical.LogicalValues.createOneRow(cluster);
    }

    private EngineValidator validator(Map<String, Relation> relations) {
        return new EngineValidator(SqlStdOperatorTable.instance(), reader(relations), cluster.getTypeFactory());
    }

    private CalciteCatalogReader reader(Map<String, Relation> relations) {
        CalciteSchema schema = CalciteSchema.createRootSchema(false, false);
        relations.forEach(schema::add);
        return new NamedRelations(schema, cluster.getTypeFactory());
    }

    /// What the names in a query can mean.
    private static final class NamedRelations extends CalciteCatalogReader {
        NamedRelations(CalciteSchema schema, RelDataTypeFactory types) {
            super(schema, new ColumnNameMatcher(), List.of(List.of()), types, config());
        }

        private static CalciteConnectionConfigImpl config() {
            Properties properties = new Properties();
            properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "false");
            return new CalciteConnectionConfigImpl(properties);
        }
    }

    private RelNode toRel(EngineValidator validator, SqlNode validated) {
        SqlToRelConverter.Config config = SqlToRelConverter.config().withExpand(false).withTrimUnusedFields(false)
                .withInSubQueryThreshold(Integer.MAX_VALUE).withRelBuilderFactory(PushDown.BUILDER)
                .withRemoveSortInSubQuery(false);
        RelOptTable.ViewExpander views = ViewExpanders.simpleContext(cluster);
        SqlToRelConverter converter = new SqlToRelConverter(views, validator,
                (CalciteCatalogReader) validator.getCatalogReader(), cluster, new Convertlets(), config);
        return converter.convertQuery(validated, false, true).project();
    }

    // The order matters: marks are filters and conditions, which no rule may move before they are nodes of ours; semi joins must be
    // made before Calcite's rule makes distinct aggregates of them; filters move once joins are known.
    private RelNode optimise(RelNode converted) {
        RelNode rel = Marks.replacedIn(converted);
        rel = SubqueriesToJoins.in(SubqueriesInOver.apart(rel), functions);
        if (has(rel, Conversion::holdsSubquery)) {
            rel = pushDown.removeSubqueries(rel);
        }
        rel = Unnest.in(rel, functions);
        rel = NeverMatching.in(TimeBounds.intoJoins(LoneGenerators.in(LiteralRows.in(rel))));
        return named(pushesDown ? pushDown.run(rel) : rel, converted.getRowType().getFieldNames());
    }

    /// Rules keep the columns but not always their names.
    private static RelNode named(RelNode rel, List<String> names) {
        if (rel instanceof Project top && ProjectRemoveRule.isTrivial(top) && top.getInput() instanceof Project below) {
            return below.copy(below.getTraitSet(), below.getInput(), below.getProjects(),
                    RexUtil.createStructType(rel.getCluster().getTypeFactory(), below.getProjects(), names, null));
        }
        if (rel.getRowType().getFieldNames().equals(names)) {
            return rel;
        }
        return LogicalProject.create(rel, List.of(),
                rel.getCluster().getRexBuilder().identityProjects(rel.getRowType()),
                names, Set.of());
    }

    private static boolean has(RelNode rel, java.util.function.Predicate<RelNode> shape) {
        boolean[] found = {false};
        rel.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                found[0] |= shape.test(other);
                return super.visit(other);
            }
        });
        return found[0];
    }

    private static boolean holdsSubquery(RelNode rel) {
        return switch (rel) {
            case org.apache.calcite.rel.core.Filter filter ->
                    RexUtil.SubQueryFinder.find(filter.getCondition()) != null;
            case Project project -> RexUtil.SubQueryFinder.find(project.getProjects()) != null;
            case org.apache.calcite.rel.core.Join join -> RexUtil.SubQueryFinder.find(join.getCondition()) != null;
            default -> false;
        };
    }
}

package dev.thalweg.parser;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.RowType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/// One thing a user asks for in SQL. Queries inside are Calcite's [SqlNode]; the README says which nodes they are made of.
///
/// A tree is not to be shared: Calcite rewrites it while it validates. Who needs a query twice parses its text again.
public sealed interface Statement {
    Origin origin();

    /// A query by itself, or within another statement.
    record Query(Origin origin, SqlNode tree) implements Statement {}

    enum TableKind {
        /// Made with CREATE TABLE.
        TABLE,
        /// Made with CREATE STREAM: may be unbounded and have a watermark.
        STREAM
    }

    /// What a CREATE does when the name is taken.
    enum IfTaken {
        FAIL, KEEP, REPLACE
    }

    /// A name as written, and where.
    record Name(String text, SqlParserPos position) {
        @Override
        public String toString() {
            return text;
        }
    }

    /// `WATERMARK FOR column AS column - INTERVAL …`.
    record DeclaredWatermark(Name column, long delayMicros) {}

    /// Names a table or a stream and the files or the connection behind it.
    ///
    /// @param columns empty where the connector is to say or to infer them
    /// @param columnComments by column name; only those that have one
    record CreateTable(Origin origin, TableKind kind, Name name, IfTaken ifTaken, Optional<RowType> columns,
            Map<String, String> columnComments, Optional<DeclaredWatermark> watermark, String format,
            TableOptions options, List<Name> partitionedBy, Optional<String> comment)
            implements
                Statement {}

    /// Names a query, which runs where the view is used.
    ///
    /// @param columns new names for the query's columns, or empty
    record CreateView(Origin origin, Name name, IfTaken ifTaken, boolean temporary, List<String> columns,
            Optional<String> comment, Query query)
            implements
                Statement {}

    record CreateMaterializedView(Origin origin, Name name, IfTaken ifTaken, TableOptions options, Query query)
            implements
                Statement {}

    /// Names an expression over parameters, which stands for each call of it.
    ///
    /// @param returns empty for the type of the body
    record CreateFunction(Origin origin, Name name, IfTaken ifTaken, RowType parameters, Optional<DataType> returns,
            SqlNode body)
            implements
                Statement {}

    record DropFunction(Origin origin, Name name, boolean ifExists) implements Statement {}

    enum DropKind {
        TABLE, STREAM, VIEW, MATERIALIZED_VIEW
    }

    record Drop(Origin origin, DropKind kind, Name name, boolean ifExists) implements Statement {}

    /// Writes a query's rows into a table: once, or on and on if it reads a stream.
    ///
    /// @param queryName the name of the continuous query (`AS QUERY name`); empty means that of the target
    /// @param columns the target's columns that the query fills, in its order; empty means all
    record Insert(Origin origin, Name target, Optional<Name> queryName, List<Name> columns, Query query)
            implements
                Statement {}

    /// `BEGIN … END`: INSERTs that are one query, whose results are committed together.
    ///
    /// @param queryName the name of the query; empty means that of the first target
    /// @param options of the query
    record Block(Origin origin, Optional<Name> queryName, TableOptions options, List<Insert> inserts)
            implements
                Statement {}

    enum Listing {
        TABLES, QUERIES, FUNCTIONS
    }

    /// Lists what there is of a kind.
    ///
    /// @param pattern `*` and `|` as in Spark's SHOW, or a LIKE pattern
    record Show(Origin origin, Listing what, Optional<String> pattern) implements Statement {}

    record DescribeTable(Origin origin, Name name) implements Statement {}

    /// A running query, by its name.
    record DescribeQuery(Origin origin, Name name) implements Statement {}

    /// The columns that a query would give.
    record DescribeResult(Origin origin, Query query) implements Statement {}

    record DescribeFunction(Origin origin, Name name) implements Statement {}

    enum ExplainKind {
        /// Everything: the logical plan, the incremental plan with its traits, the state.
        PLAN, INCREMENTAL, CODEGEN, STATE
    }

    /// Shows how a statement would run.
    ///
    /// @param subject a [Query], an [Insert] or a [CreateMaterializedView]
    record Explain(Origin origin, ExplainKind kind, Statement subject) implements Statement {}

    /// Waits for a query.
    ///
    /// @param untilIdle until all input available now is committed, else until the query ends
    record AwaitQuery(Origin origin, Name name, boolean untilIdle, Optional<Duration> timeout) implements Statement {}

    record StopQuery(Origin origin, Name name) implements Statement {}

    /// `SET`: shows all settings. `SET k`: shows one.
    record ShowSetting(Origin origin, Optional<String> name) implements Statement {}

    record ChangeSetting(Origin origin, String name, String value) implements Statement {}

    record RefreshTable(Origin origin, Name name) implements Statement {}
}

package dev.thalweg.parser;

import dev.thalweg.parser.grammar.ThalwegParser.*;
import dev.thalweg.parser.tree.StreamOperators;
import java.math.BigDecimal;
import java.math.MathContext;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.parser.SqlParserPos;

/// Makes the tree of TABLESAMPLE: a share of the rows, or so many of them.
final class SampleBuilder {
    private final TreeBuilders builders;

    SampleBuilder(TreeBuilders builders) {
        this.builders = builders;
    }

    @SuppressWarnings("NullAway") // an absent OFFSET is null in Calcite
    SqlNode of(SqlNode relation, SampleContext sample) {
        SqlParserPos position = Positions.of(sample);
        SampleSizeContext size = sample.sampleSize();
        if (size.rows != null) {
            if (sample.seed != null) {
                throw builders.error("THW-1004", position, "So many ROWS are the first ones, whatever the seed",
                        "Leave REPEATABLE out, or take a PERCENT.");
            }
            return new SqlOrderBy(position, builders.queries.everythingFrom(RelationBuilder.named(relation)),
                    SqlNodeList.EMPTY, null, SqlLiteral.createExactNumeric(size.rows.getText(), position));
        }
        SqlNode share = SqlLiteral.createExactNumeric(share(size, position).toPlainString(), position);
        return sample.seed == null
                ? StreamOperators.call(StreamOperators.SAMPLE, position, relation, share)
                : StreamOperators.call(StreamOperators.SAMPLE, position, relation, share, seed(sample));
    }

    private BigDecimal share(SampleSizeContext size, SqlParserPos position) {
        BigDecimal share = size.percent != null
                ? number(size.percent).movePointLeft(2)
                : part(size, position);
        if (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0) {
            throw builders.error("THW-1004", position, "A sample is a part of the rows, not " + share.toPlainString()
                    + " of them", "Write a PERCENT from 0 to 100, or BUCKET x OUT OF y with x not above y.");
        }
        return share;
    }

    private BigDecimal part(SampleSizeContext size, SqlParserPos position) {
        BigDecimal all = new BigDecimal(size.denominator.getText());
        if (all.signum() == 0) {
            throw builders.error("THW-1004", position, "There is no bucket out of 0", "Write BUCKET x OUT OF y.");
        }
        return new BigDecimal(size.numerator.getText()).divide(all, MathContext.DECIMAL64);
    }

    private static BigDecimal number(NumberContext number) {
        return new BigDecimal(number.getText().replaceFirst("(?i)(BD|[DFLSY])$", ""));
    }

    private SqlNode seed(SampleContext sample) {
        BigDecimal seed = number(sample.seed);
        SqlParserPos position = Positions.of(sample.seed);
        if (seed.stripTrailingZeros().scale() > 0 || seed.toBigInteger().bitLength() > 63) {
            throw builders.error("THW-1004", position, "A seed is a whole number", "Such as REPEATABLE (42).");
        }
        return LiteralBuilder.whole(seed.longValueExact(), position);
    }
}

package dev.thalweg.source.rate;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.source.Source;
import dev.thalweg.spi.source.SourceContext;
import dev.thalweg.spi.source.SourceProvider;
import java.util.Optional;

/// The rate source.
public final class RateSourceProvider implements SourceProvider {
    private static final RowType TYPE = RowType.of(new Field("timestamp", Simple.TIMESTAMP, true),
            new Field("value", Simple.BIGINT, true));

    @Override
    public String format() {
        return "rate";
    }

    @Override
    public RowType schema(TableOptions options, Optional<RowType> declared, boolean streaming, SourceContext context) {
        RateOptions.of(options);
        if (declared.isPresent() && !declared.get().sql().equalsIgnoreCase(TYPE.sql())) {
            throw new InvalidQuery("THW-2039", "Source 'rate' has the columns (" + TYPE.sql() + "), not ("
                    + declared.get().sql() + "). Leave the column list out.");
        }
        return TYPE;
    }

    @Override
    public Source<?> open(TableOptions options, RowType schema, SourceContext context) {
        return new RateSource(RateOptions.of(options), schema, context);
    }

    @Override
    public boolean readsAsBatch() {
        return false;
    }

    @Override
    public boolean isUnbounded() {
        return true;
    }
}

package dev.thalweg.source.nexmark;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.source.Source;
import dev.thalweg.spi.source.SourceContext;
import dev.thalweg.spi.source.SourceProvider;
import java.util.Optional;

/// The NEXMark source.
public final class NexmarkSourceProvider implements SourceProvider {
    @Override
    public String format() {
        return "nexmark";
    }

    @Override
    public RowType schema(TableOptions options, Optional<RowType> declared, boolean streaming, SourceContext context) {
        RowType type = NexmarkOptions.of(options, context.zone()).table().type();
        if (declared.isPresent() && !declared.get().sql().equalsIgnoreCase(type.sql())) {
            throw new InvalidQuery("THW-2039",
                    "This table of source 'nexmark' has the columns (" + type.sql() + "), not ("
                            + declared.get().sql() + "). Leave the column list out, or write just these.");
        }
        return type;
    }

    @Override
    public Source<?> open(TableOptions options, RowType schema, SourceContext context) {
        return new NexmarkSource(NexmarkOptions.of(options, context.zone()), context);
    }
}

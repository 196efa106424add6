package dev.thalweg.execution.trigger;

import dev.thalweg.spi.NearNames;
import dev.thalweg.spi.error.Defect;
import dev.thalweg.spi.error.InvalidOption;
import dev.thalweg.spi.sink.SinkProvider;
import dev.thalweg.spi.source.SourceProvider;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/// The sources and sinks that are there, by the name of their format. Nothing names a connector but the user.
public final class Connectors {
    private final TreeMap<String, SourceProvider> sources = new TreeMap<>();
    private final TreeMap<String, SinkProvider> sinks = new TreeMap<>();

    public Connectors(Collection<? extends SourceProvider> sources, Collection<? extends SinkProvider> sinks) {
        for (SourceProvider provider : sources) {
            if (this.sources.put(provider.format(), provider) != null) {
                throw twice("source", provider.format());
            }
        }
        for (SinkProvider provider : sinks) {
            if (this.sinks.put(provider.format(), provider) != null) {
                throw twice("sink", provider.format());
            }
        }
    }

    private static Defect twice(String kind, String format) {
        return new Defect("THW-9012", "Two jars on the class path bring a " + kind + " '" + format
                + "'. Remove one of them.");
    }

    /// Those that `ServiceLoader` finds.
    public static Connectors discover() {
        ClassLoader loader = Connectors.class.getClassLoader();
        return new Connectors(
                ServiceLoader.load(SourceProvider.class, loader).stream().map(ServiceLoader.Provider::get).toList(),
                ServiceLoader.load(SinkProvider.class, loader).stream().map(ServiceLoader.Provider::get).toList());
    }

    /// **Errors** an [InvalidOption] that names the nearest format.
    public SourceProvider source(String format) {
        SourceProvider provider = sources.get(format.toLowerCase(Locale.ROOT));
        if (provider == null) {
            throw unknown("source", format, sources.keySet());
        }
        return provider;
    }

    public SinkProvider sink(String format) {
        SinkProvider provider = sinks.get(format.toLowerCase(Locale.ROOT));
        if (provider == null) {
            throw unknown("sink", format, sinks.keySet());
        }
        return provider;
    }

    /// The sink of a target.
    ///
    /// **Errors** `THW-2051` when it is to cut its output by columns and cannot
    public SinkProvider sink(QuerySpec.Target.ToSink target) {
        SinkProvider provider = sink(target.format());
        if (!provider.takesPartitions()) {
            refusePartitions("Sink '" + provider.format() + "'", target.partitionBy());
        }
        return provider;
    }

    /// Refuses to pass over `partitionBy` where nothing comes of it.
    ///
    /// @param partitionBy columns by which `taker` is asked to cut its output, and cannot
    /// **Errors** `THW-2051` when there are any
    public static void refusePartitions(String taker, List<String> partitionBy) {
        if (!partitionBy.isEmpty()) {
            throw new InvalidOption("THW-2051",
                    taker + " does not cut its output by columns, as partitionBy or PARTITIONED"
                            + " BY (" + String.join(", ", partitionBy)
                            + ") asks for. Leave it out, or write into files: json, csv"
                            + " or text.");
        }
    }

    public Optional<SourceProvider> findSource(String format) {
        return Optional.ofNullable(sources.get(format.toLowerCase(Locale.ROOT)));
    }

    public Optional<SinkProvider> findSink(String format) {
        return Optional.ofNullable(sinks.get(format.toLowerCase(Locale.ROOT)));
    }

    public List<String> sourceFormats() {
        return List.copyOf(sources.keySet());
    }

    public List<String> sinkFormats() {
        return List.copyOf(sinks.keySet());
    }

    private static InvalidOption unknown(String kind, String format, Collection<String> known) {
        String hint = NearNames.nearest(format, known).map(name -> " Did you mean '" + name + "'?").orElse("");
        return new InvalidOption("THW-2005", "There is no " + kind + " '" + format + "'." + hint + " There are: "
                + String.join(", ", known) + ".");
    }
}

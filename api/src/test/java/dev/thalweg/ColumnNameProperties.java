package dev.thalweg;

import static dev.thalweg.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.types.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/// Whatever columns are called, every step names, replaces and leaves out the one that was meant.
class ColumnNameProperties {
    private static final ThalwegSession SESSION = ThalwegSession.builder().create();

    @AfterContainer
    static void close() {
        SESSION.close();
    }

    @Provide
    Arbitrary<List<String>> names() {
        return Arbitraries.of("a", "a0", "a1", "a2", "A10", "b", "b0", "a#1", "a 0", "$a").list().ofMinSize(1)
                .ofMaxSize(6).uniqueElements(name -> name.toLowerCase(Locale.ROOT));
    }

    @Property(tries = 60, shrinking = ShrinkingMode.BOUNDED)
    void everyStepMeansTheColumnThatWasNamed(@ForAll("names") List<String> names, @ForAll int at) {
        int place = Math.floorMod(at, names.size());
        String name = names.get(place);
        StructType type = new StructType();
        for (String column : names) {
            type = type.add(column, "INT");
        }
        List<Object> values = new ArrayList<>(IntStream.rangeClosed(1, names.size()).boxed().toList());
        Dataset<Row> table = SESSION.createDataFrame(List.of(RowFactory.create(values.toArray())), type);

        table.createOrReplaceTempView("t");
        assertThat(SESSION.table("t").columns()).containsExactlyElementsOf(names);
        assertThat(SESSION.sql("SELECT * FROM (SELECT * FROM t)").columns()).containsExactlyElementsOf(names);
        List<String> both = new ArrayList<>(names);
        both.addAll(names);
        Dataset<Row> joined = SESSION.sql("SELECT * FROM t x JOIN t y ON true");
        assertThat(joined.columns()).containsExactlyElementsOf(both);
        assertThat(joined.distinct().columns()).containsExactlyElementsOf(both);

        values.set(place, 0);
        assertThat(only(SESSION.table("t").withColumn(name, lit(0)))).isEqualTo(values);
        values.remove(place);
        assertThat(only(table.filter(lit(true)).drop(name))).isEqualTo(values);
        assertThat(joined.drop(name).columns()).hasSize(2 * names.size() - 2).doesNotContain(name);
        assertThat(table.withColumnRenamed(name, "new").columns()[place]).isEqualTo("new");
        assertThat(only(table.select("`" + name + "`"))).containsExactly(place + 1);
        assertThat(only(table.withColumn(name, lit(null).cast("int")).na().fill(9, new String[] {name}))
                .get(place)).isEqualTo(9);
    }

    private static List<Object> only(Dataset<Row> dataset) {
        Row row = dataset.first();
        return IntStream.range(0, row.size()).mapToObj(row::get).toList();
    }
}

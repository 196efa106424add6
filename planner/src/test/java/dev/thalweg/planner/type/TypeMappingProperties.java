package dev.thalweg.planner.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class TypeMappingProperties {
    private final SqlTypes types = new SqlTypes();

    @Property(tries = 300)
    void everyTypeGoesToCalciteAndBackUnchanged(@ForAll("types") DataType type, @ForAll boolean nullable) {
        var there = TypeMapping.rel(types, type, nullable);
        assertThat(TypeMapping.dataType(there)).isEqualTo(type);
        assertThat(there.isNullable()).isEqualTo(nullable || type == DataType.Simple.VOID);
        assertThat(TypeMapping.dataType(types.createTypeWithNullability(there, !nullable))).isEqualTo(type);
    }

    @Property(tries = 300)
    void whatTwoTypesHaveInCommonDoesNotDependOnTheirOrder(@ForAll("types") DataType a, @ForAll("types") DataType b) {
        var common = TypeRules.leastCommon(a, b);
        assertThat(common.isPresent()).isEqualTo(TypeRules.leastCommon(b, a).isPresent());
        assertThat(TypeRules.leastCommon(a, a)).contains(a);
        boolean struct = a instanceof DataType.Struct; // takes the left one's names
        common.filter(_ -> !struct && !a.isNested())
                .ifPresent(c -> assertThat(TypeRules.leastCommon(b, a)).contains(c));
    }

    @Provide
    Arbitrary<DataType> types() {
        Arbitrary<DataType> simple = Arbitraries.of(DataType.Simple.values()).map(DataType.class::cast);
        Arbitrary<DataType> decimal = Arbitraries.integers().between(1, 38)
                .flatMap(p -> Arbitraries.integers().between(0, p).map(s -> new DataType.Decimal(p, s)));
        Arbitrary<DataType> flat = Arbitraries.oneOf(simple, decimal);
        return Arbitraries.lazyOf(() -> flat, () -> nested(flat), () -> nested(nested(flat)));
    }

    private static Arbitrary<DataType> nested(Arbitrary<DataType> inner) {
        Arbitrary<Boolean> truth = Arbitraries.of(true, false);
        // The elements of a collection are never of type VOID and not null at once.
        Arbitrary<DataType> solid = inner.filter(type -> type != DataType.Simple.VOID);
        Arbitrary<DataType> array = Combinators.combine(solid, truth).as(DataType.ArrayOf::new);
        Arbitrary<DataType> map = Combinators.combine(solid, solid, truth).as(DataType.MapOf::new);
        Arbitrary<DataType> struct = Combinators.combine(solid, truth)
                .as((type, nullable) -> new Field("f", type, nullable))
                .list().ofMinSize(1).ofMaxSize(3).map(fields -> {
                    List<Field> named = new ArrayList<>();
                    fields.forEach(f -> named.add(new Field("f" + named.size(), f.type(), f.nullable())));
                    return new DataType.Struct(new RowType(named));
                });
        return Arbitraries.oneOf(array, map, struct);
    }
}

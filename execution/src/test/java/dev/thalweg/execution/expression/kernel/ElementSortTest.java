package dev.thalweg.execution.expression.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

@Label("A sort that asks for the order of pairs")
final class ElementSortTest {
    @Property(tries = 300)
    @Label("sorts as the library does, equal elements in their order")
    void sortsStably(@ForAll List<@IntRange(max = 9) Integer> digits) {
        List<String> elements = new ArrayList<>();
        for (int digit : digits) {
            elements.add(digit + "." + elements.size());
        }
        Comparator<String> byDigit = Comparator.comparing(element -> element.substring(0, 1));
        ElementSort sort = new ElementSort(elements);
        while (sort.hasNext()) {
            sort.answer(byDigit.compare((String) sort.left(), (String) sort.right()));
        }
        assertThat(sort.result()).isEqualTo(elements.stream().sorted(byDigit).toList());
    }

    @Property(tries = 100)
    @Label("ends with all elements though the answers are no order")
    void endsWhateverTheAnswers(@ForAll List<Integer> elements, @ForAll long seed) {
        Random random = new Random(seed);
        ElementSort sort = new ElementSort(elements);
        while (sort.hasNext()) {
            sort.answer(random.nextInt(3) - 1);
        }
        assertThat(sort.result()).hasSameSizeAs(elements).containsExactlyInAnyOrderElementsOf(List.copyOf(elements));
    }
}

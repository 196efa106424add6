package dev.thalweg.execution.expression.kernel;

import dev.thalweg.spi.error.InvalidQuery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sorts the elements of an array by an order that the caller computes: it asks for one pair after the other, so that the order
/// can be computed where the variables of the row are.
///
/// Merges runs of 1, 2, 4 … elements from left to right; stable. It comes to an end whatever the answers are, also those of no order.
///
/// **Cost** n log n questions, two arrays.
public final class ElementSort {
    private @Nullable Object[] from;
    private @Nullable Object[] to;
    private int width = 1;
    private int left;
    private int middle;
    private int right;
    private int end;
    private int next;

    public ElementSort(List<?> elements) {
        from = elements.toArray();
        to = new Object[from.length];
        begin(0);
        advance();
    }

    /// Whether a pair is to be compared.
    public boolean hasNext() {
        return width < from.length;
    }

    public @Nullable Object left() {
        return from[left];
    }

    public @Nullable Object right() {
        return from[right];
    }

    /// Puts the pair in order.
    ///
    /// @param order of the pair, negative where the left element comes first
    public void answer(long order) {
        to[next++] = order <= 0 ? from[left++] : from[right++];
        advance();
    }

    public static InvalidQuery noOrder() {
        return new InvalidQuery("THW-4230",
                "The lambda of array_sort gave NULL for two elements. It must give a number:"
                        + " say with CASE or coalesce where a NULL element belongs.");
    }

    public List<@Nullable Object> result() {
        return new ArrayList<>(Arrays.asList(from));
    }

    private void begin(int start) {
        left = start;
        next = start;
        middle = Math.min(from.length, start + width);
        right = middle;
        end = Math.min(from.length, middle + width);
    }

    /// Goes on to the next pair: a run that is alone is copied.
    private void advance() {
        while (hasNext() && (left == middle || right == end)) {
            System.arraycopy(from, left, to, next, middle - left);
            System.arraycopy(from, right, to, next + middle - left, end - right);
            if (end < from.length) {
                begin(end);
                continue;
            }
            @Nullable
            Object[] merged = to;
            to = from;
            from = merged;
            width *= 2;
            begin(0);
        }
    }
}

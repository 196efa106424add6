package dev.thalweg.execution.expression.function;

import dev.thalweg.spi.error.InvalidQuery;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Vectors of FLOAT, as embeddings are: how long they are, and how far apart. One that holds a NULL gives NULL.
public final class VectorFunctions {
    private VectorFunctions() {}

    /// NULL where one of the two has no length, and so no direction.
    public static @Nullable Float vectorCosineSimilarity(List<?> left, List<?> right) {
        float[] a = floats(left);
        float[] b = floats(right);
        sameDimension("vector_cosine_similarity", left, right);
        if (a == null || b == null) {
            return null;
        }
        double product = 0;
        double squaresOfA = 0;
        double squaresOfB = 0;
        for (int i = 0; i < a.length; i++) {
            product += (double) a[i] * b[i];
            squaresOfA += (double) a[i] * a[i];
            squaresOfB += (double) b[i] * b[i];
        }
        float lengths = (float) Math.sqrt(squaresOfA * squaresOfB);
        return lengths == 0 ? null : (Float) ((float) product / lengths);
    }

    public static @Nullable Float vectorInnerProduct(List<?> left, List<?> right) {
        float[] a = floats(left);
        float[] b = floats(right);
        sameDimension("vector_inner_product", left, right);
        if (a == null || b == null) {
            return null;
        }
        double product = 0;
        for (int i = 0; i < a.length; i++) {
            product += (double) a[i] * b[i];
        }
        return (float) product;
    }

    public static @Nullable Float vectorL2Distance(List<?> left, List<?> right) {
        float[] a = floats(left);
        float[] b = floats(right);
        sameDimension("vector_l2_distance", left, right);
        if (a == null || b == null) {
            return null;
        }
        double squares = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = (double) a[i] - b[i];
            squares += difference * difference;
        }
        return (float) Math.sqrt(squares);
    }

    public static @Nullable Float vectorNorm(List<?> vector) {
        return vectorNorm(vector, 2);
    }

    /// @param degree 1, 2, or infinity: the sum of the amounts, the length, the greatest amount
    public static @Nullable Float vectorNorm(List<?> vector, float degree) {
        checkDegree("vector_norm", degree);
        float[] values = floats(vector);
        return values == null ? null : (Float) (float) norm(values, degree);
    }

    private static void checkDegree(String function, float degree) {
        if (degree != 1 && degree != 2 && degree != Float.POSITIVE_INFINITY) {
            throw Reject.argument(function, "degree", degree, "1.0, 2.0 or float('inf')");
        }
    }

    private static double norm(float[] values, float degree) {
        double sum = 0;
        for (float value : values) {
            if (degree == 1) {
                sum += Math.abs(value);
            } else if (degree == 2) {
                sum += (double) value * value;
            } else {
                sum = Math.max(sum, Math.abs(value));
            }
        }
        return degree == 2 ? Math.sqrt(sum) : sum;
    }

    public static @Nullable List<Float> vectorNormalize(List<?> vector) {
        return vectorNormalize(vector, 2);
    }

    /// The vector of that direction whose norm is 1; NULL where there is no direction.
    public static @Nullable List<Float> vectorNormalize(List<?> vector, float degree) {
        checkDegree("vector_normalize", degree);
        float[] values = floats(vector);
        if (values == null) {
            return null;
        }
        float norm = (float) norm(values, degree);
        if (norm == 0) {
            return values.length == 0 ? List.of() : null;
        }
        List<Float> normal = new ArrayList<>(values.length);
        for (float value : values) {
            normal.add(value / norm);
        }
        return normal;
    }

    private static void sameDimension(String function, List<?> left, List<?> right) {
        if (left.size() != right.size()) {
            throw new InvalidQuery("THW-4005", "The vectors of %s have %d and %d elements, but must have as many."
                    .formatted(function, left.size(), right.size()));
        }
    }

    private static float @Nullable [] floats(List<?> vector) {
        float[] values = new float[vector.size()];
        for (int i = 0; i < values.length; i++) {
            if (!(vector.get(i) instanceof Float value)) {
                return null;
            }
            values[i] = value;
        }
        return values;
    }
}

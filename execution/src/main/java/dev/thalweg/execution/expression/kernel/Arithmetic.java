package dev.thalweg.execution.expression.kernel;

/// Integer and floating-point arithmetic in ANSI mode: what does not fit is an error, never a wrapped number.
public final class Arithmetic {
    private Arithmetic() {}

    public static int add(int left, int right) {
        int sum = left + right;
        if (((left ^ sum) & (right ^ sum)) < 0) {
            throw Failures.overflow("INT", "+", left, right, "try_add");
        }
        return sum;
    }

    public static long add(long left, long right) {
        long sum = left + right;
        if (((left ^ sum) & (right ^ sum)) < 0) {
            throw Failures.overflow("BIGINT", "+", left, right, "try_add");
        }
        return sum;
    }

    public static int subtract(int left, int right) {
        int difference = left - right;
        if (((left ^ right) & (left ^ difference)) < 0) {
            throw Failures.overflow("INT", "-", left, right, "try_subtract");
        }
        return difference;
    }

    public static long subtract(long left, long right) {
        long difference = left - right;
        if (((left ^ right) & (left ^ difference)) < 0) {
            throw Failures.overflow("BIGINT", "-", left, right, "try_subtract");
        }
        return difference;
    }

    public static int multiply(int left, int right) {
        long product = (long) left * right;
        if ((int) product != product) {
            throw Failures.overflow("INT", "*", left, right, "try_multiply");
        }
        return (int) product;
    }

    public static long multiply(long left, long right) {
        long product = left * right;
        if (Math.multiplyHigh(left, right) != product >> 63) {
            throw Failures.overflow("BIGINT", "*", left, right, "try_multiply");
        }
        return product;
    }

    /// TINYINT and SMALLINT are computed as int; their results must fit.
    public static int fit(int value, int bits, String operation, int left, int right) {
        if (value << (32 - bits) >> (32 - bits) != value) {
            throw Failures.overflow(bits == 8 ? "TINYINT" : "SMALLINT", operation, left, right,
                    operation.equals("+") ? "try_add" : operation.equals("-") ? "try_subtract" : "try_multiply");
        }
        return value;
    }

    public static int fit(int value, int bits) {
        if (value << (32 - bits) >> (32 - bits) != value) {
            throw Failures.overflow(bits == 8 ? "TINYINT" : "SMALLINT", "the result is " + value);
        }
        return value;
    }

    /// `div` of whole numbers.
    public static long quotient(long left, long right) {
        if (right == 0) {
            throw Failures.divisionByZero("div", left);
        }
        if (right == -1 && left == Long.MIN_VALUE) {
            throw Failures.overflow("BIGINT", "div", left, right, "try_divide");
        }
        return left / right;
    }

    public static double divide(double left, double right) {
        if (right == 0) {
            throw Failures.divisionByZero("/", left);
        }
        return left / right;
    }

    public static float divide(float left, float right) {
        if (right == 0) {
            throw Failures.divisionByZero("/", left);
        }
        return left / right;
    }

    public static int remainder(int left, int right) {
        if (right == 0) {
            throw Failures.divisionByZero("%", left);
        }
        return left % right;
    }

    public static long remainder(long left, long right) {
        if (right == 0) {
            throw Failures.divisionByZero("%", left);
        }
        return left % right;
    }

    public static double remainder(double left, double right) {
        if (right == 0) {
            throw Failures.divisionByZero("%", left);
        }
        return left % right;
    }

    public static float remainder(float left, float right) {
        if (right == 0) {
            throw Failures.divisionByZero("%", left);
        }
        return left % right;
    }

    public static int negate(int value) {
        if (value == Integer.MIN_VALUE) {
            throw Failures.overflow("INT", "-(" + value + ")");
        }
        return -value;
    }

    public static long negate(long value) {
        if (value == Long.MIN_VALUE) {
            throw Failures.overflow("BIGINT", "-(" + value + ")");
        }
        return -value;
    }
}

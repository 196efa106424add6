package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.Expression.Call;
import dev.thalweg.spi.data.DataType;
import java.util.ArrayList;
import java.util.List;

/// Keys of a join that must be equal, pair by pair, each over the columns of its side's node.
///
/// Where both of a pair are structs that the query has made of columns, such as windows, it is their parts: of the end of a
/// window the watermark speaks, of a struct it does not.
record KeyPairs(List<Expression> left, List<Expression> right) {
    static KeyPairs of(List<Expression> left, List<Expression> right) {
        KeyPairs pairs = new KeyPairs(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < left.size(); i++) {
            List<Expression> lefts = parts(left.get(i));
            List<Expression> rights = parts(right.get(i));
            boolean bothAreMade = !lefts.isEmpty() && types(lefts).equals(types(rights));
            pairs.left.addAll(bothAreMade ? lefts : List.of(left.get(i)));
            pairs.right.addAll(bothAreMade ? rights : List.of(right.get(i)));
        }
        return pairs;
    }

    /// Of a struct that may hold NULL none: within structs NULL equals NULL, between columns it does not.
    private static List<Expression> parts(Expression key) {
        return key instanceof Call(String function, List<Expression> values, _, _) && function.equals("named_struct")
                && values.stream().noneMatch(Expression::nullable) ? values : List.of();
    }

    private static List<DataType> types(List<Expression> values) {
        return values.stream().map(Expression::type).toList();
    }
}

package dev.thalweg;

import dev.thalweg.api.java.UDF;
import dev.thalweg.api.java.UDF0;
import dev.thalweg.api.java.UDF10;
import dev.thalweg.api.java.UDF11;
import dev.thalweg.api.java.UDF12;
import dev.thalweg.api.java.UDF13;
import dev.thalweg.api.java.UDF14;
import dev.thalweg.api.java.UDF15;
import dev.thalweg.api.java.UDF16;
import dev.thalweg.api.java.UDF17;
import dev.thalweg.api.java.UDF18;
import dev.thalweg.api.java.UDF19;
import dev.thalweg.api.java.UDF1;
import dev.thalweg.api.java.UDF20;
import dev.thalweg.api.java.UDF21;
import dev.thalweg.api.java.UDF22;
import dev.thalweg.api.java.UDF2;
import dev.thalweg.api.java.UDF3;
import dev.thalweg.api.java.UDF4;
import dev.thalweg.api.java.UDF5;
import dev.thalweg.api.java.UDF6;
import dev.thalweg.api.java.UDF7;
import dev.thalweg.api.java.UDF8;
import dev.thalweg.api.java.UDF9;
import dev.thalweg.expressions.UserDefinedFunction;
import dev.thalweg.planner.function.UserFunctions;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.types.DataType;

/// Gives functions of a program names that SQL knows them by, in this session. A query that is planned later calls them; one
/// that runs keeps those it was planned with.
public final class UDFRegistration {
    private final UserFunctions users;

    UDFRegistration(UserFunctions users) {
        this.users = users;
    }

    /// A function that [functions#udf] or [functions#udaf] made.
    ///
    /// **Errors** [InvalidQuery] THW-1265 when SQL has a function of that name
    public UserDefinedFunction register(String name, UserDefinedFunction function) {
        if (!(function instanceof DefinedFunction defined)) {
            throw new InvalidQuery("THW-1267", "The function '" + name + "' was not made by functions.udf(…) or"
                    + " functions.udaf(…). Make it so.");
        }
        Definition named = defined.definition().named(name);
        named.register(users, name);
        return new DefinedFunction(named);
    }

    private UserDefinedFunction add(String name, UDF function, DataType type) {
        return register(name, functions.of(function, type));
    }

    public UserDefinedFunction register(String name, UDF0<?> function, DataType type) {
        return add(name, function, type);
    }

    public UserDefinedFunction register(String name, UDF1<?, ?> function, DataType type) {
        return add(name, function, type);
    }

    public UserDefinedFunction register(String name, UDF2<?, ?, ?> function, DataType type) {
        return add(name, function, type);
    }

    public UserDefinedFunction register(String name, UDF3<?, ?, ?, ?> function, DataType type) {
        return add(name, function, type);
    }

    public UserDefinedFunction register(String name, UDF4<?, ?, ?, ?, ?> function, DataType type) {
        return add(name, function, type);
    }

    public UserDefinedFunction register(String name, UDF5<?, ?, ?, ?, ?, ?> function, DataType type) {
        return add(name, function, type);
    }

    public UserDefinedFunction register(String name, UDF6<?, ?, ?, ?, ?, ?, ?> function, DataType type) {
        return add(name, function, type);
    }

    public UserDefinedFunction register(String name, UDF7<?, ?, ?, ?, ?, ?, ?, ?> function, DataType type) {
        return add(name, function, type);
    }

    public UserDefinedFunction register(String name, UDF8<?, ?, ?, ?, ?, ?, ?, ?, ?> function, DataType type) {
        return add(name, function, type);
    }

    public UserDefinedFunction register(String name, UDF9<?, ?, ?, ?, ?, ?, ?, ?, ?, ?> function, DataType type) {
        return add(name, function, type);
    }

    public UserDefinedFunction register(String name, UDF10<?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?> function, DataType type) {
        return add(name, function, type);
    }

    public UserDefinedFunction register(String name, UDF11<?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?> function,
            DataType type) {
        return add(name, function, type);
    }

    public UserDefinedFunction register(String name, UDF12<?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?> function,
            DataType type) {
        return add(name, function, type);
    }

    public UserDefinedFunction register(String name, UDF13<?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?> function,
            DataType type) {
        return add(name, function, type);
    }

    public UserDefinedFunction register(String name, UDF14<?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?> function,
            DataType type) {
        return add(name, function, type);
    }

    public UserDefinedFunction register(String name, UDF15<?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?> function,
            DataType type) {
        return add(name, function, type);
    }

    public UserDefinedFunction register(String name, UDF16<?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?> function,
            DataType type) {
        return add(name, function, type);
    }

    public UserDefinedFunction register(String name,
            UDF17<?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?> function, DataType type) {
        return add(name, function, type);
    }

    public UserDefinedFunction register(String name,
            UDF18<?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?> function, DataType type) {
        return add(name, function, type);
    }

    public UserDefinedFunction register(String name,
            UDF19<?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?> function, DataType type) {
        return add(name, function, type);
    }

    public UserDefinedFunction register(String name,
            UDF20<?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?> function, DataType type) {
        return add(name, function, type);
    }

    public UserDefinedFunction register(String name,
            UDF21<?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?> function, DataType type) {
        return add(name, function, type);
    }

    public UserDefinedFunction register(String name,
            UDF22<?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?> function, DataType type) {
        return add(name, function, type);
    }
}

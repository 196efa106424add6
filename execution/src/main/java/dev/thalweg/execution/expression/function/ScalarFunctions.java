package dev.thalweg.execution.expression.function;

import java.util.List;

/// The classes that hold the bodies of the scalar functions.
public final class ScalarFunctions {
    public static final List<Class<?>> CLASSES = List.of(StringFunctions.class, PaddingFunctions.class,
            SearchFunctions.class,
            WordFunctions.class, RegexFunctions.class, FormatFunctions.class, EncodingFunctions.class,
            UrlFunctions.class,
            HashFunctions.class, SketchFunctions.class, TupleFunctions.class, MathFunctions.class,
            NumberFunctions.class,
            RoundFunctions.class, BitFunctions.class,
            TryFunctions.class, TryDateFunctions.class, RandomFunctions.class, DateFunctions.class,
            DatePartFunctions.class,
            TimestampFunctions.class, UnixTimeFunctions.class, ClockFunctions.class, MakeFunctions.class,
            DateFormatFunctions.class, ArrayFunctions.class, ArraySetFunctions.class, SequenceFunctions.class,
            MapFunctions.class, JsonFunctions.class, TypeFunctions.class, CsvFunctions.class, XmlFunctions.class,
            CipherFunctions.class, VectorFunctions.class, BitmapFunctions.class, CheckFunctions.class,
            SessionFunctions.class, BucketFunctions.class, TimeFunctions.class, VariantFunctions.class);

    private ScalarFunctions() {}
}

package dev.thalweg.source.parquet;

/// Where the pages of one column of one row group lie.
///
/// @param values how many entries its pages have, NULLs and empty lists included
/// @param unpackedBytes of all its pages with their headers
/// @param statistics what its values lie between
record ColumnChunk(Codec codec, long values, long start, long packedBytes, long unpackedBytes,
        ChunkStatistics statistics) {
    /// The fields of the footer as they come.
    private static final class Fields {
        private int codec;
        private long values;
        private long packedBytes;
        private long unpackedBytes;
        private long dataAt;
        private long dictionaryAt;
        private ChunkStatistics statistics = ChunkStatistics.NONE;
        private boolean described;
    }

    static ColumnChunk read(CompactReader in) {
        Fields fields = new Fields();
        in.struct(id -> {
            switch (id) {
                case 1 -> throw new UnsupportedFile("its columns lie in other files (" + in.text() + ")");
                case 3 -> {
                    fields.described = true;
                    in.struct(field -> take(field, fields, in));
                }
                case 8, 9 -> throw new UnsupportedFile("it has an encrypted column");
                default -> in.skip(); // a rule: indexes and statistics
            }
        });
        if (!fields.described) {
            throw new DamagedFile("its footer does not say where a column lies");
        }
        boolean dictionaryFirst = fields.dictionaryAt > 0 && fields.dictionaryAt < fields.dataAt;
        return new ColumnChunk(Codec.of(fields.codec), fields.values,
                dictionaryFirst ? fields.dictionaryAt : fields.dataAt, fields.packedBytes, fields.unpackedBytes,
                fields.statistics);
    }

    private static void take(int id, Fields fields, CompactReader in) {
        switch (id) {
            case 4 -> fields.codec = in.i32();
            case 5 -> fields.values = in.i64();
            case 6 -> fields.unpackedBytes = in.i64();
            case 7 -> fields.packedBytes = in.i64();
            case 9 -> fields.dataAt = in.i64();
            case 11 -> fields.dictionaryAt = in.i64();
            case 12 -> fields.statistics = ChunkStatistics.read(in);
            default -> in.skip(); // a rule: what describes the values, not where they are
        }
    }

    /// @param end where the footer begins
    void check(long end) {
        if (values < 0 || start < 0 || packedBytes < 0 || unpackedBytes < 0 || start > end - packedBytes) {
            throw new DamagedFile("its footer places a column outside the file, at byte " + start);
        }
    }
}

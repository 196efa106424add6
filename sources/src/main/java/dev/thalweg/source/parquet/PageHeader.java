package dev.thalweg.source.parquet;

/// What stands before a page. Mutable: one is filled for each page of a column.
final class PageHeader {
    static final int DATA = 0, DICTIONARY = 2, DATA_V2 = 3;

    int kind;
    int unpackedBytes;
    int packedBytes;
    boolean hasChecksum;
    int checksum;
    int values;
    int encoding;
    int definitionEncoding;
    int repetitionEncoding;
    /// Of a DATA_V2 page, whose levels are never packed.
    int definitionBytes;
    int repetitionBytes;
    boolean packed;

    void read(CompactReader in) {
        kind = -1;
        hasChecksum = false;
        packed = true;
        in.struct(id -> {
            switch (id) {
                case 1 -> kind = in.i32();
                case 2 -> unpackedBytes = in.i32();
                case 3 -> packedBytes = in.i32();
                case 4 -> {
                    hasChecksum = true;
                    checksum = in.i32();
                }
                case 5 -> in.struct(field -> takeData(field, in));
                case 7 -> in.struct(field -> takeDictionary(field, in));
                case 8 -> in.struct(field -> takeDataV2(field, in));
                default -> in.skip(); // a rule: index pages
            }
        });
    }

    private void takeData(int id, CompactReader in) {
        switch (id) {
            case 1 -> values = in.i32();
            case 2 -> encoding = in.i32();
            case 3 -> definitionEncoding = in.i32();
            case 4 -> repetitionEncoding = in.i32();
            default -> in.skip(); // a rule: statistics
        }
    }

    private void takeDictionary(int id, CompactReader in) {
        switch (id) {
            case 1 -> values = in.i32();
            case 2 -> encoding = in.i32();
            default -> in.skip(); // a rule: whether it is sorted
        }
    }

    private void takeDataV2(int id, CompactReader in) {
        switch (id) {
            case 1 -> values = in.i32();
            case 4 -> encoding = in.i32();
            case 5 -> definitionBytes = in.i32();
            case 6 -> repetitionBytes = in.i32();
            case 7 -> packed = in.bool();
            default -> in.skip(); // a rule: counts of NULLs and rows, statistics
        }
    }
}

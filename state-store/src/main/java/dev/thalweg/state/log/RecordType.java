package dev.thalweg.state.log;

/// What a record of the trigger log says.
public enum RecordType {
    /// Trigger N is about to run: source offsets, clock, seed, static versions, watermarks, settings (JSON).
    TRIGGER(1),
    /// What trigger N changed: watermarks (JSON), then the changes of every task's state.
    CHANGES(2),
    /// Every sink has trigger N.
    COMMIT(3);

    private final int code;

    RecordType(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static boolean isKnown(int code) {
        return code >= 1 && code <= 3;
    }

    static RecordType of(int code) {
        return switch (code) {
            case 1 -> TRIGGER;
            case 2 -> CHANGES;
            case 3 -> COMMIT;
            default -> throw new IllegalArgumentException("No type of record: " + code);
        };
    }
}

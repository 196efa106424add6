package dev.thalweg.source.nexmark;

import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The three tables, which events are their rows, and their columns.
///
/// A table's rows are every 50th event and the ones next to it: row r is an event number, and the other way round.
enum NexmarkTable {
    PERSON(0, AuctionHouse.PEOPLE_A_ROUND, PersonColumns.all()), AUCTION(AuctionHouse.PEOPLE_A_ROUND,
            AuctionHouse.AUCTIONS_A_ROUND,
            AuctionColumns.all()), BID(AuctionHouse.PEOPLE_A_ROUND + AuctionHouse.AUCTIONS_A_ROUND,
                    AuctionHouse.ROUND - AuctionHouse.PEOPLE_A_ROUND - AuctionHouse.AUCTIONS_A_ROUND, BidColumns.all());

    private final int firstPlace;
    private final int rowsARound;
    @SuppressWarnings("ImmutableEnumChecker") // a record of types
    private final RowType type;

    @SuppressWarnings("ImmutableEnumChecker") // nobody writes to it
    private final List<EventColumn> columns;

    NexmarkTable(int firstPlace, int rowsARound, Map<String, EventColumn> columns) {
        this.firstPlace = firstPlace;
        this.rowsARound = rowsARound;
        this.columns = List.copyOf(columns.values());
        List<Field> fields = new ArrayList<>();
        columns.forEach((name, column) -> fields.add(new Field(name, column.type(), true)));
        this.type = RowType.of(fields.toArray(Field[]::new));
    }

    RowType type() {
        return type;
    }

    EventColumn column(int index) {
        return columns.get(index);
    }

    /// How many rows there are before an event.
    long rowsBefore(long event) {
        long inRound = event % AuctionHouse.ROUND - firstPlace;
        return event / AuctionHouse.ROUND * rowsARound + Math.clamp(inRound, 0, rowsARound);
    }

    long eventOf(long row) {
        return row / rowsARound * AuctionHouse.ROUND + firstPlace + row % rowsARound;
    }

    /// What pads a row to its usual size, give or take a fifth.
    static EventColumn padding(int letters) {
        int least = letters - letters / 5;
        return new EventColumn.Text((draw, event, out) -> out.addText(draw, event, Draws.EXTRA_TEXT,
                least + (int) draw.below(2L * (letters / 5), event, Draws.EXTRA_LENGTH)));
    }

    static EventColumn time() {
        return new EventColumn.Time((_, event) -> event);
    }

    static Map<String, EventColumn> inOrder() {
        return new LinkedHashMap<>();
    }
}

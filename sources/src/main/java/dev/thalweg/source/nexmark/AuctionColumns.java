package dev.thalweg.source.nexmark;

import java.util.Map;

/// An auction: what is sold, by whom, from which price on and until when.
final class AuctionColumns {
    private static final int FIRST_CATEGORY = 10;
    private static final int CATEGORIES = 5;
    private static final int ITEM_LETTERS = 20;
    private static final int DESCRIPTION_LETTERS = 100;
    private static final int SHORTEST = 3;

    private AuctionColumns() {}

    static Map<String, EventColumn> all() {
        Map<String, EventColumn> columns = NexmarkTable.inOrder();
        columns.put("id",
                new EventColumn.Whole((_, event) -> AuctionHouse.FIRST_ID + AuctionHouse.newestAuction(event)));
        columns.put("itemName", text(ITEM_LETTERS, Draws.ITEM_LENGTH, Draws.ITEM_TEXT));
        columns.put("description", text(DESCRIPTION_LETTERS, Draws.DESCRIPTION_LENGTH, Draws.DESCRIPTION_TEXT));
        columns.put("initialBid", new EventColumn.Whole((draw, event) -> initialBid(new AuctionHouse(draw), event)));
        columns.put("reserve", new EventColumn.Whole((draw, event) -> reserve(new AuctionHouse(draw), event)));
        columns.put("dateTime", NexmarkTable.time());
        columns.put("expires", new EventColumn.Time(
                (draw, event) -> event + new AuctionHouse(draw).eventsUntilExpiry(event)));
        columns.put("seller", new EventColumn.Whole((draw, event) -> new AuctionHouse(draw).seller(event)));
        columns.put("category", new EventColumn.Whole(
                (draw, event) -> FIRST_CATEGORY + draw.below(CATEGORIES, event, Draws.CATEGORY)));
        columns.put("extra", NexmarkTable.padding(390));
        return columns;
    }

    private static long initialBid(AuctionHouse house, long event) {
        return house.price(event, Draws.PRICE);
    }

    private static long reserve(AuctionHouse house, long event) {
        return initialBid(house, event) + house.price(event, Draws.RESERVE);
    }

    private static EventColumn text(int lettersMax, int lengthDraw, int textDraw) {
        return new EventColumn.Text((draw, event, out) -> out.addText(draw, event, textDraw,
                SHORTEST + (int) draw.below(lettersMax - SHORTEST, event, lengthDraw)));
    }
}

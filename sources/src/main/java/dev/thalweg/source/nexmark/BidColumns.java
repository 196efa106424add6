package dev.thalweg.source.nexmark;

import java.util.List;
import java.util.Map;

/// A bid: half of all go to one auction of the last hundred, three quarters come from one person of the last hundred.
final class BidColumns {
    private static final List<String> HOT_CHANNELS = List.of("Google", "Facebook", "Baidu", "Apple");
    private static final int CHANNELS = 10_000;
    private static final int COLD_CHANNELS = 2;
    /// The pages of a channel stay the same: their words depend on the channel, not on the event.
    private static final int PAGE = 400;
    private static final int DIRECTORIES = 3;
    private static final int DIRECTORY_LETTERS = 5;
    private static final int WITHOUT_CHANNEL_ID_IN = 10;

    private BidColumns() {}

    static Map<String, EventColumn> all() {
        Map<String, EventColumn> columns = NexmarkTable.inOrder();
        columns.put("auction", new EventColumn.Whole((draw, event) -> new AuctionHouse(draw).auctionOfBid(event)));
        columns.put("bidder", new EventColumn.Whole((draw, event) -> new AuctionHouse(draw).bidder(event)));
        columns.put("price", new EventColumn.Whole((draw, event) -> new AuctionHouse(draw).price(event, Draws.PRICE)));
        columns.put("channel", new EventColumn.Text(BidColumns::channel));
        columns.put("url", new EventColumn.Text(BidColumns::url));
        columns.put("dateTime", NexmarkTable.time());
        columns.put("extra", NexmarkTable.padding(68));
        return columns;
    }

    /// From 0 a hot channel, from its end an ordinary one.
    private static int channelNumber(Draw draw, long event) {
        return draw.below(COLD_CHANNELS, event, Draws.CHANNEL_HOT) > 0
                ? (int) draw.below(HOT_CHANNELS.size(), event, Draws.CHANNEL)
                : HOT_CHANNELS.size() + (int) draw.below(CHANNELS, event, Draws.CHANNEL);
    }

    private static void channel(Draw draw, long event, Letters out) {
        int number = channelNumber(draw, event);
        if (number < HOT_CHANNELS.size()) {
            out.add(HOT_CHANNELS.get(number));
        } else {
            out.add("channel-").addNumber(number - HOT_CHANNELS.size());
        }
    }

    private static void url(Draw draw, long event, Letters out) {
        int number = channelNumber(draw, event);
        out.add("https://www.nexmark.com/");
        for (int i = 0; i < DIRECTORIES; i++) {
            out.addWord(draw, number, PAGE + i, DIRECTORY_LETTERS).add("/");
        }
        out.add("item.htm?query=1");
        if (number >= HOT_CHANNELS.size() && draw.below(WITHOUT_CHANNEL_ID_IN, number, PAGE + DIRECTORIES) > 0) {
            out.add("&channel_id=").addNumber(Integer.reverse(number) & Integer.MAX_VALUE);
        }
    }
}

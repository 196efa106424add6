package dev.thalweg.source.nexmark;

/// Who may sell, and who may bid on what: people and auctions become known as events go by, the newest are the busiest,
/// and a few of them get most of the bids.
///
/// Of 50 events one is a new person, then three are new auctions, then 46 are bids. Ids count up from 1000 in the order of events.
final class AuctionHouse {
    static final int ROUND = 50;
    static final int PEOPLE_A_ROUND = 1;
    static final int AUCTIONS_A_ROUND = 3;
    static final long FIRST_ID = 1000;
    private static final int ACTIVE_PEOPLE = 1000;
    private static final int AUCTIONS_IN_FLIGHT = 100;
    /// So many ids past the newest may be drawn: rows that refer to what has not arrived yet.
    private static final int IDS_AHEAD = 10;
    /// Every so many ids there is a hot one.
    private static final int HOT_EVERY = 100;
    /// One in so many goes to anybody, the others to the hot one.
    private static final int COLD_BIDS = 2;
    private static final int COLD_SELLERS = 4;
    private static final int COLD_BIDDERS = 4;

    private final Draw draw;

    AuctionHouse(Draw draw) {
        this.draw = draw;
    }

    /// The number, from 0, of the newest person when an event happens.
    static long newestPerson(long event) {
        return event / ROUND;
    }

    /// The number, from 0, of the newest auction when an event happens; -1 before the first.
    static long newestAuction(long event) {
        long round = event / ROUND;
        long place = event % ROUND - PEOPLE_A_ROUND;
        return round * AUCTIONS_A_ROUND + Math.clamp(place, -1, AUCTIONS_A_ROUND - 1);
    }

    long auctionOfBid(long event) {
        long newest = Math.max(0, newestAuction(event));
        if (draw.below(COLD_BIDS, event, Draws.AUCTION_HOT) > 0) {
            return FIRST_ID + newest / HOT_EVERY * HOT_EVERY;
        }
        long oldest = Math.max(0, newest - AUCTIONS_IN_FLIGHT);
        return FIRST_ID + oldest + draw.below(newest - oldest + 1 + IDS_AHEAD, event, Draws.AUCTION);
    }

    long bidder(long event) {
        if (draw.below(COLD_BIDDERS, event, Draws.PERSON_HOT) > 0) {
            return FIRST_ID + newestPerson(event) / HOT_EVERY * HOT_EVERY + 1;
        }
        return anybody(event);
    }

    long seller(long event) {
        if (draw.below(COLD_SELLERS, event, Draws.PERSON_HOT) > 0) {
            return FIRST_ID + newestPerson(event) / HOT_EVERY * HOT_EVERY;
        }
        return anybody(event);
    }

    private long anybody(long event) {
        long people = newestPerson(event) + 1;
        long active = Math.min(people, ACTIVE_PEOPLE);
        return FIRST_ID + people - active + draw.below(active + IDS_AHEAD, event, Draws.PERSON);
    }

    /// Prices spread evenly over their magnitude: from 100 to 100 million, in cents.
    long price(long event, int number) {
        return Math.round(Math.pow(10.0, draw.fraction(event, number) * 6.0) * 100.0);
    }

    /// After how many more events an auction ends: about as long as the auctions in flight take to come up, at most twice that.
    long eventsUntilExpiry(long event) {
        long horizon = (long) AUCTIONS_IN_FLIGHT * ROUND / AUCTIONS_A_ROUND;
        return 1 + draw.below(2 * horizon, event, Draws.EXPIRES);
    }
}

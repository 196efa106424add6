package dev.thalweg.source.nexmark;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A person who sells and bids; the six states are the ones that the benchmark's queries ask for.
final class PersonColumns {
    private static final List<String> FIRST_NAMES = List.of("Ada", "Barbara", "Charles", "Donald", "Edsger", "Frances",
            "Grace",
            "Hedy", "Ivan", "John", "Karen");
    private static final List<String> LAST_NAMES = List.of("Allen", "Babbage", "Codd", "Dijkstra", "Gray", "Hopper",
            "Knuth",
            "Lamport", "Stonebraker");
    private static final List<String> CITIES = List.of("Phoenix", "Los Angeles", "San Francisco", "Boise", "Portland",
            "Bend",
            "Redmond", "Seattle", "Kent", "Cheyenne");
    private static final List<String> STATES = List.of("AZ", "CA", "CA", "ID", "OR", "OR", "WA", "WA", "WA", "WY");
    private static final int CARD_GROUPS = 4;
    private static final int MAIL_USER_LETTERS = 7;
    private static final int MAIL_DOMAIN_LETTERS = 5;

    private PersonColumns() {}

    static Map<String, EventColumn> all() {
        Map<String, EventColumn> columns = NexmarkTable.inOrder();
        columns.put("id",
                new EventColumn.Whole((_, event) -> AuctionHouse.FIRST_ID + AuctionHouse.newestPerson(event)));
        columns.put("name", new EventColumn.Text((draw, event, out) -> out
                .add(one(FIRST_NAMES, draw, event, Draws.FIRST_NAME)).add(" ")
                .add(one(LAST_NAMES, draw, event, Draws.LAST_NAME))));
        columns.put("emailAddress", new EventColumn.Text((draw, event, out) -> out
                .addWord(draw, event, Draws.MAIL_USER, MAIL_USER_LETTERS).add("@")
                .addWord(draw, event, Draws.MAIL_DOMAIN, MAIL_DOMAIN_LETTERS).add(".com")));
        columns.put("creditCard", new EventColumn.Text(PersonColumns::creditCard));
        columns.put("city", new EventColumn.Text((draw, event, out) -> out.add(one(CITIES, draw, event, Draws.CITY))));
        columns.put("state", new EventColumn.Text((draw, event, out) -> out.add(one(STATES, draw, event, Draws.CITY))));
        columns.put("dateTime", NexmarkTable.time());
        columns.put("extra", NexmarkTable.padding(125));
        return columns;
    }

    private static String one(List<String> of, Draw draw, long event, int number) {
        return of.get((int) draw.below(of.size(), event, number));
    }

    private static void creditCard(Draw draw, long event, Letters out) {
        long digits = draw.bits(event, Draws.CREDIT_CARD);
        for (int i = 0; i < CARD_GROUPS; i++) {
            out.add(String.format(Locale.ROOT, i == 0 ? "%04d" : " %04d", (digits >>> (16 * i) & 0xFFFF) % 10_000));
        }
    }
}

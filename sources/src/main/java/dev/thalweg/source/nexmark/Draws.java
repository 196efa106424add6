package dev.thalweg.source.nexmark;

/// The numbers of an event's draws: each thing that is left to chance has its own, so that columns can be made alone.
final class Draws {
    static final int AUCTION_HOT = 0;
    static final int AUCTION = 1;
    static final int PERSON_HOT = 2;
    static final int PERSON = 3;
    static final int PRICE = 4;
    static final int CHANNEL_HOT = 5;
    static final int CHANNEL = 6;
    static final int RESERVE = 7;
    static final int EXPIRES = 8;
    static final int CATEGORY = 9;
    static final int FIRST_NAME = 10;
    static final int LAST_NAME = 11;
    static final int CITY = 12;
    static final int CREDIT_CARD = 13;
    static final int MAIL_USER = 14;
    static final int MAIL_DOMAIN = 15;
    static final int ITEM_LENGTH = 16;
    static final int DESCRIPTION_LENGTH = 17;
    static final int EXTRA_LENGTH = 18;
    /// Texts take as many draws as they need, from here on and each a hundred apart.
    static final int ITEM_TEXT = 100;
    static final int DESCRIPTION_TEXT = 200;
    static final int EXTRA_TEXT = 300;

    private Draws() {}
}

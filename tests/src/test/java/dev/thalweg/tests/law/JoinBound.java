package dev.thalweg.tests.law;

import dev.thalweg.tests.law.Rel.Band;
import dev.thalweg.tests.law.Rel.Join;
import dev.thalweg.tests.law.Rel.JoinKey;
import dev.thalweg.tests.law.Rel.JoinKind;
import java.util.Optional;

/// How time bounds a join of streams: a row is late by its side's column, and has met all that it can when the watermark has
/// passed that column by what is kept.
///
/// @param leftKeep microseconds; empty: for ever
/// @param lag of the two times behind their watermarks, the greater one
record JoinBound(int left, Optional<Long> leftKeep, int right, Optional<Long> rightKeep, long lag) {
    static Optional<JoinBound> of(Join join) {
        if (!join.isOfStreams() || join.isSubquery()) {
            return Optional.empty();
        }
        EventTimes left = EventTimes.of(join.left());
        EventTimes right = EventTimes.of(join.right());
        for (JoinKey key : join.keys()) {
            if (!key.isNullSafe() && key.left() instanceof Expr.Column(int l, _)
                    && key.right() instanceof Expr.Column(int r, _) && left.closes(l) && right.closes(r)) {
                return Optional
                        .of(new JoinBound(l, Optional.of(0L), r, Optional.of(0L), Math.max(left.lag(l), right.lag(r))));
            }
        }
        return join.band().filter(band -> left.closes(band.left()) && right.closes(band.right()))
                .map(band -> of(band, left, right));
    }

    private static JoinBound of(Band band, EventTimes left, EventTimes right) {
        return new JoinBound(band.left(), band.after(), band.right(), band.before(),
                Math.max(left.lag(band.left()), right.lag(band.right())));
    }

    /// Whether times are one distance apart, so that the band is an equality.
    static boolean isExact(Band band) {
        return band.after().isPresent() && band.before().equals(Optional.of(-band.after().get()));
    }

    /// Looking back a left row is final at its own time; looking forward it waits for the row that follows.
    static Optional<JoinBound> of(Rel.Asof join) {
        EventTimes left = EventTimes.of(join.left());
        EventTimes right = EventTimes.of(join.right());
        if (!join.isOfStreams() || !left.closes(join.leftTime()) || !right.closes(join.rightTime())) {
            return Optional.empty();
        }
        Optional<Long> none = Optional.empty();
        return Optional.of(new JoinBound(join.leftTime(), join.isBackward() ? Optional.of(0L) : none, join.rightTime(),
                join.isBackward() ? none : Optional.of(0L),
                Math.max(left.lag(join.leftTime()), right.lag(join.rightTime()))));
    }

    /// Whether rows that the join gives without a partner become final.
    boolean closes(JoinKind kind) {
        return switch (kind) {
            case INNER, SEMI -> true;
            case LEFT, ANTI -> leftKeep.isPresent();
            case RIGHT -> rightKeep.isPresent();
            case FULL -> leftKeep.isPresent() && rightKeep.isPresent();
            case NOT_IN -> false;
        };
    }
}

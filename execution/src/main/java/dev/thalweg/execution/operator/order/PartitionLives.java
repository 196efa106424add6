package dev.thalweg.execution.operator.order;

import dev.thalweg.execution.hash.GroupTable;
import dev.thalweg.execution.operator.StateTables;
import dev.thalweg.execution.operator.UsedKeys;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyedState;
import dev.thalweg.state.StateTable;
import java.util.stream.IntStream;

/// The partitions that have a time to live: each is there while rows reach it.
///
/// State: a table `partition -> hash`, whose keys go when their time is over.
final class PartitionLives {
    private final KeyedState partitions;
    private int[] slots = new int[0];

    /// @param partition its columns, for people
    PartitionLives(String name, String partition, StateTables tables) {
        this.partitions = tables.openKeys(new StateTable(name + ".lives", 8, false, false, partition, "hash BIGINT"));
    }

    /// Says that rows have reached these partitions.
    void reach(EncodedKeys reached) {
        if (slots.length < reached.count()) {
            slots = new int[reached.count()];
        }
        partitions.findOrInsert(reached, slots);
        for (int i = 0; i < reached.count(); i++) {
            long at = partitions.value(slots[i]);
            if (Memory.getLong(at) != reached.hash(i)) {
                partitions.touch(slots[i]);
                Memory.putLong(at, reached.hash(i));
            }
        }
    }

    /// Adds the partitions whose time is over to those that the trigger has touched.
    ///
    /// @param over told the number that each has there
    void end(GroupTable touched, Partition over) {
        for (int i = 0; i < partitions.changedCount(); i++) {
            int slot = partitions.changed(i);
            if (partitions.isRemoved(slot)) {
                over.visit(touched.findOrInsert(Memory.getLong(partitions.value(slot)), partitions.keyAddress(slot),
                        partitions.keyLength(slot)));
            }
        }
    }

    /// Asks of each partition whose time is over whether it may go; one that may not lives on for as long again.
    ///
    /// @param touched receives them
    void end(UsedKeys keys, GroupTable touched, MayGo mayGo) {
        IntStream.Builder over = IntStream.builder();
        keys.forget(over::add);
        EncodedKeys one = new EncodedKeys(1);
        over.build().forEach(slot -> {
            long hash = Memory.getLong(partitions.value(slot));
            boolean goes = mayGo.test(
                    touched.findOrInsert(hash, partitions.keyAddress(slot), partitions.keyLength(slot)));
            one.reset(1);
            one.set(0, partitions.keyAddress(slot), partitions.keyLength(slot), hash);
            partitions.remove(slot);
            if (!goes) {
                reach(one); // its address is good until the trigger ends
            }
        });
    }

    interface Partition {
        void visit(int id);
    }

    interface MayGo {
        boolean test(int id);
    }
}

/// The NEXMark benchmark's stream of people, auctions and bids, made up from a seed.
///
/// Read [NexmarkSource] for offsets and pace, [NexmarkTable] for the columns, [AuctionHouse] for who may bid on what. Every
/// value is a function of seed, event number and column alone: no state, so any range can be made again, by any task.
///
/// **Source** Tucker, Tufte, Papadimos, Maier: NEXMark, a benchmark for queries over data streams; the proportions and the
/// skew are those of Apache Beam's generator, which the field's figures are made with. Strings and random numbers are ours.
@NullMarked
package dev.thalweg.source.nexmark;

import org.jspecify.annotations.NullMarked;

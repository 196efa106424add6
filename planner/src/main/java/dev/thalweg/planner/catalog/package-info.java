/// What a session knows by name: tables, streams, views, and the results of running queries.
///
/// [Catalog] holds [CatalogEntry]s and finds them whatever their case. It plans nothing and opens no connector. It may be
/// called from any thread.
@NullMarked
package dev.thalweg.planner.catalog;

import org.jspecify.annotations.NullMarked;

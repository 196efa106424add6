package dev.thalweg.planner.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.RowType;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The catalog")
final class CatalogTest {
    private final Catalog catalog = new Catalog();

    private static CatalogEntry stream(String name) {
        return new CatalogEntry.Table(name, "json", TableOptions.none(), RowType.of(), true, Optional.empty());
    }

    @Test
    @DisplayName("finds names whatever their case and keeps how they were written")
    void ignoresCase() {
        catalog.create(stream("Clicks"));
        assertThat(catalog.get("cLICKS").name()).isEqualTo("Clicks");
        assertThat(catalog.drop("CLICKS")).isTrue();
        assertThat(catalog.drop("clicks")).isFalse();
    }

    @Test
    @DisplayName("says which names are near")
    void near() {
        catalog.create(stream("clicks"));
        assertThatThrownBy(() -> catalog.get("clik"))
                .hasMessage("Unknown table or stream 'clik'.\nThere are: clicks.  [THW-1101]");
        assertThatThrownBy(() -> catalog.get("click"))
                .hasMessage("Unknown table or stream 'click'.\nDid you mean 'clicks'? There are: clicks.  [THW-1101]");
        assertThatThrownBy(() -> catalog.create(stream("CLICKS"))).hasMessageContaining("[THW-1102]");
    }

    @Test
    @DisplayName("lets a temporary view stand before a table until it is dropped")
    void shadows() {
        catalog.create(stream("clicks"));
        catalog.createOrReplace(new CatalogEntry.Result("other", RowType.of()));
        assertThat(catalog.list()).extracting(CatalogEntry::name).containsExactly("clicks", "other");
        assertThat(catalog.get("clicks").kind()).isEqualTo("stream");
    }
}

package dev.thalweg.spi.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A listing of files")
final class FileListingTest {
    @TempDir
    Path directory;

    @BeforeEach
    void files() throws IOException {
        write("a.json");
        write("b.json");
        write("day=1/c.json");
        write("other/d.json");
        write("_staged/e.json");
        write(".hidden.json");
    }

    private void write(String name) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, name);
    }

    private List<String> names(FileListing listing) {
        return listing.files(FileListing.BY_NAME).stream().map(FileEntry::name).toList();
    }

    private FileListing listing(String path, boolean recursive) {
        return new FileListing(path, Optional.empty(), recursive);
    }

    @Test
    @DisplayName("has those of partitions, and of other directories where it is recursive; never what is hidden")
    void directories() {
        assertThat(names(listing(directory.toString(), false))).containsExactly("a.json", "b.json", "c.json");
        assertThat(names(listing(directory.toString(), true))).containsExactly("a.json", "b.json", "c.json", "d.json");
        assertThat(names(listing(directory + "/*/*.json", false))).containsExactly("c.json", "d.json");
        assertThat(names(listing(directory + "/a.json", false))).containsExactly("a.json");
        assertThat(names(listing(directory + "/.hidden.json", false))).containsExactly(".hidden.json");
    }

    @Test
    @DisplayName("leaves out those that the caller knows, but not what has become a directory of that name")
    void known() throws IOException {
        Path known = directory.resolve("a.json");
        for (boolean recursive : new boolean[] {false, true}) {
            assertThat(listing(directory.toString(), recursive).files(FileListing.BY_NAME,
                    in -> name -> known.equals(in.resolve(name))))
                    .extracting(FileEntry::name).doesNotContain("a.json").contains("b.json", "c.json");
        }
        Files.delete(known);
        write("a.json/f.json");
        assertThat(listing(directory.toString(), true).files(FileListing.BY_NAME,
                in -> name -> known.equals(in.resolve(name))))
                .extracting(FileEntry::name).contains("f.json");
    }

    @Test
    @DisplayName("finds files by whatever name")
    void names() throws IOException {
        write("what?.json");
        write("été 1.json");
        assertThat(names(listing(directory.toString(), false))).contains("what?.json", "été 1.json", "a.json");
        assertThat(listing(directory + "/été 1.json", false).files(FileListing.BY_NAME,
                in -> name -> in.equals(directory) && name.equals("été 1.json"))).isEmpty();
    }

    @Test
    @DisplayName("follows links, but not in a circle, nor where they lead nowhere")
    void links() throws IOException {
        Files.createSymbolicLink(directory.resolve("day=1/up=1"), directory);
        Files.createSymbolicLink(directory.resolve("to=d"), directory.resolve("other"));
        Files.createSymbolicLink(directory.resolve("gone.json"), directory.resolve("nowhere"));
        Files.createSymbolicLink(directory.resolve("itself.json"), directory.resolve("itself.json"));
        assertThat(names(listing(directory.toString(), false))).containsExactly("a.json", "b.json", "c.json", "d.json");
        assertThat(names(listing(directory + "/nowhere", false))).isEmpty();
    }
}

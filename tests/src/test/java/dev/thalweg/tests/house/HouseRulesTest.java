package dev.thalweg.tests.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.Architectures;
import dev.thalweg.tests.house.SourceTree.JavaFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The house keeps its rules:")
final class HouseRulesTest {
    private static final int FILE_LINES_MAX = 500;
    private static final int METHOD_LINES_MAX = 70;
    private static final Pattern BANNED_NAME = Pattern.compile("Util|Helper|Manager|Impl|^Base[A-Z]|^Abstract|Common");
    private static final Pattern ERROR_CODE = Pattern.compile("THW-\\d{4}");

    /// May only shrink. Each with what keeps it here.
    private static final Set<String> NAMES_FROM_SPARK = Set.of("StreamingQueryManager");
    private static final String GENERATED = "/parser/grammar/"; // ANTLR's classes hand out nulls
    private static final Set<String> LISTS = Set.of("functions"); // a catalogue: one line of code a function

    private final SourceTree tree = SourceTree.find();
    private final List<JavaFile> files = tree.javaFiles();

    private static JavaClasses classes() {
        return new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.thalweg");
    }

    @Test
    @DisplayName("modules import only downwards")
    void modulesImportDownwards() {
        Architectures.layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true)
                .layer("spi").definedBy("dev.thalweg.spi..")
                .layer("parser").definedBy("dev.thalweg.parser..")
                .layer("planner").definedBy("dev.thalweg.planner..")
                .layer("state").definedBy("dev.thalweg.state..")
                .layer("execution").definedBy("dev.thalweg.execution..")
                .layer("source").definedBy("dev.thalweg.source..")
                .layer("sink").definedBy("dev.thalweg.sink..")
                .layer("api")
                .definedBy("dev.thalweg", "dev.thalweg.types..", "dev.thalweg.streaming..", "dev.thalweg.api..")
                .layer("cli").definedBy("dev.thalweg.cli..")
                .whereLayer("cli").mayNotBeAccessedByAnyLayer()
                .whereLayer("source").mayNotBeAccessedByAnyLayer()
                .whereLayer("sink").mayNotBeAccessedByAnyLayer()
                .whereLayer("api").mayOnlyBeAccessedByLayers("cli")
                .whereLayer("execution").mayOnlyBeAccessedByLayers("api", "cli")
                .whereLayer("state").mayOnlyBeAccessedByLayers("execution", "api", "cli")
                .whereLayer("planner").mayOnlyBeAccessedByLayers("execution", "api", "cli")
                .whereLayer("parser").mayOnlyBeAccessedByLayers("planner", "api", "cli")
                .check(classes());
    }

    @Test
    @DisplayName("execution sees no class of Calcite")
    void executionSeesNoCalcite() {
        ArchRuleDefinition.noClasses().that().resideInAPackage("dev.thalweg.execution..").should().dependOnClassesThat()
                .resideInAPackage("org.apache.calcite..").check(classes());
    }

    @Test
    @DisplayName("tests have one logging provider, so that none is chosen at random")
    void oneLoggingProvider() throws IOException {
        assertThat(Collections.list(getClass().getClassLoader()
                .getResources("META-INF/services/org.slf4j.spi.SLF4JServiceProvider"))).hasSize(1);
    }

    @Test
    @DisplayName("every package says what lives in it, and is null-marked")
    void everyPackageHasPackageInfo() {
        Set<Path> missing = new TreeSet<>();
        for (JavaFile file : files) {
            Path info = tree.root().resolve(file.path()).resolveSibling("package-info.java");
            if (!file.isTest() && !file.path().toString().contains(GENERATED) && (!Files
                    .exists(info) || !tree.text(tree.root().relativize(info).toString()).contains("@NullMarked"))) {
                missing.add(tree.root().relativize(info));
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    @DisplayName("no file passes " + FILE_LINES_MAX + " lines")
    void filesAreShort() {
        assertThat(violations(file -> file.lines().size() > FILE_LINES_MAX && !LISTS.contains(file.name()))).isEmpty();
    }

    @Test
    @DisplayName("no method passes " + METHOD_LINES_MAX + " lines")
    void methodsAreShort() {
        Path self = tree.root().resolve("tests/src/test/java/dev/thalweg/tests/house/HouseRulesTest.java");
        assertThat(MethodLengths.longer(List.of(self), 20)).singleElement().asString()
                .contains("modulesImportDownwards");
        assertThat(MethodLengths.longer(files.stream().map(file -> tree.root().resolve(file.path())).toList(),
                METHOD_LINES_MAX)).isEmpty();
    }

    @Test
    @DisplayName("no name is a word for a thing not yet understood")
    void namesAreUnderstood() {
        assertThat(violations(
                file -> BANNED_NAME.matcher(file.name()).find() && !NAMES_FROM_SPARK.contains(file.name()))).isEmpty();
    }

    @Test
    @DisplayName("nothing sleeps")
    void nothingSleeps() {
        String sleep = "Thread." + "sleep(";
        assertThat(violations(file -> file.text().contains(sleep))).isEmpty();
    }

    @Test
    @DisplayName("only the command and the session's one Output print")
    void nothingPrints() {
        Pattern print = Pattern.compile("System\\.(out|err)\\b");
        assertThat(violations(file -> !file.isTest() && !file.path().startsWith("cli")
                && !file.name().equals("StandardOutput") && print.matcher(file.text()).find())).isEmpty();
    }

    @Test
    @DisplayName("nothing reads a clock of its own")
    void onlyClocksTellTheTime() {
        Pattern clock = Pattern
                .compile("currentTimeMillis\\(|(Instant|LocalDate|LocalDateTime|ZonedDateTime)\\.now\\(\\)");
        assertThat(violations(
                file -> !file.isTest() && !file.path().startsWith("cli") && clock.matcher(file.text()).find()))
                .isEmpty();
    }

    @Test
    @DisplayName("no static field changes, but for the one holder that getOrCreate() needs")
    void noStaticMutableState() {
        Pattern mutable = Pattern
                .compile("^\\s+(private |public |protected )?static (?!final|class|record|enum|interface|sealed"
                        + "|abstract|<|void)(volatile )?[\\w<>, .\\[\\]@?]+ \\w+( = .*)?;");
        assertThat(violations(file -> !file.isTest() && !file.name().equals("SessionHolder")
                && file.lines().stream().anyMatch(line -> mutable.matcher(line).find()))).isEmpty();
    }

    @Test
    @DisplayName("every class with tests has a name that the build runs")
    void everyTestRuns() {
        Pattern test = Pattern.compile("^\\s+@(Test|ParameterizedTest|Property|Example|TestFactory|RepeatedTest)\\b");
        assertThat(violations(file -> file.isTest() && !file.name().matches(".*(Spec|Test|Properties)")
                && file.lines().stream().anyMatch(line -> test.matcher(line).find()))).isEmpty();
    }

    @Test
    @DisplayName("docs/errors.md explains every error code, and no code that is gone")
    void errorsAreExplained() {
        Set<String> thrown = new TreeSet<>();
        files.stream().filter(file -> !file.isTest()).forEach(file -> collect(file.text(), thrown));
        Set<String> explained = new TreeSet<>();
        collect(tree.text("docs/errors.md"), explained);
        assertThat(explained).isEqualTo(thrown);
    }

    private static void collect(String text, Set<String> codes) {
        Matcher matcher = ERROR_CODE.matcher(text);
        while (matcher.find()) {
            codes.add(matcher.group());
        }
    }

    @Test
    @DisplayName("every class that a README or the architecture page names exists")
    void readmesNameWhatIsThere() {
        Set<String> names = new TreeSet<>(files.stream().map(JavaFile::name).toList());
        tree.below("", ".g4").forEach(grammar -> names.add(grammar.getFileName().toString().replace(".g4", "")));
        Pattern named = Pattern.compile("`([A-Z][a-z]+(?:[A-Z][A-Za-z0-9]*)+)`");
        List<String> gone = new ArrayList<>();
        List<Path> pages = new ArrayList<>(tree.below("", "README.md"));
        pages.add(tree.root().resolve("docs/architecture.md"));
        for (Path readme : pages) {
            Matcher matcher = named.matcher(tree.text(tree.root().relativize(readme).toString()));
            while (matcher.find()) {
                String name = matcher.group(1);
                if (!names.contains(name) && isOurs(name)) {
                    gone.add(tree.root().relativize(readme) + ": " + name);
                }
            }
        }
        assertThat(gone).isEmpty();
    }

    /// Names of libraries that READMEs may mention.
    private static boolean isOurs(String name) {
        return !Set.of("SqlNode", "RelNode", "ServiceLoader", "RexNode", "SqlBasicCall", "SqlCase",
                "SqlUnresolvedFunction",
                "SqlIdentifier", "SqlLiteral", "SqlDataTypeSpec", "SqlWindow", "SqlJoin", "SqlSelect", "SqlOrderBy",
                "SqlWith",
                "SqlNodeList", "SqlStdOperatorTable", "SqlLibraryOperators", "SqlIntervalQualifier", "SqlCall",
                "SparkSession",
                "JoinType", "SqlCharStringLiteral", "SqlBinaryString", "SqlBinaryStringLiteral", "SqlNumericLiteral")
                .contains(name);
    }

    private List<String> violations(Predicate<JavaFile> broken) {
        return files.stream().filter(file -> !file.name().equals("HouseRulesTest")).filter(broken)
                .map(file -> file.path().toString()).toList();
    }
}

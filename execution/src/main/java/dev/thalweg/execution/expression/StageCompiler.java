package dev.thalweg.execution.expression;

import dev.thalweg.execution.expression.kernel.StageLoop;
import dev.thalweg.execution.expression.kernel.StageSetup;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.Defect;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.commons.compiler.InternalCompilerException;
import org.codehaus.janino.SimpleCompiler;

/// Compiles chains of stateless nodes into classes, and keeps the classes it has made: a query that runs again, or another of
/// the same text, does not compile again.
///
/// **Thread** one for an engine, shared by all. **Cost** some milliseconds a stage; a look-up when the source is known.
public final class StageCompiler {
    private static final int CLASSES_MAX = 512;
    /// HotSpot leaves a method with more bytes of code to the interpreter.
    private static final int METHOD_BYTES_MAX = 8_000;

    private final FunctionTable functions;
    private final StageClasses classes = new StageClasses(StageCompiler.class.getClassLoader());
    private final int methodBytesMax;
    private final Map<String, Constructor<?>> compiled = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Constructor<?>> eldest) {
            return size() > CLASSES_MAX;
        }
    };

    public StageCompiler(FunctionTable functions) {
        this(functions, METHOD_BYTES_MAX);
    }

    /// @param methodBytesMax from where on a stage is split; the tests split small ones
    StageCompiler(FunctionTable functions, int methodBytesMax) {
        this.functions = functions;
        this.methodBytesMax = methodBytesMax;
    }

    public Stage compile(StageChain chain) {
        return compile(chain, StageEnd.of(Optional.empty()));
    }

    /// Compiles a chain of stateless nodes into one loop over a batch.
    ///
    /// @param lateCheck refuses late rows at the end of the stage, for the operator it feeds
    public Stage compile(StageChain chain, Optional<LateCheck> lateCheck) {
        return compile(chain, StageEnd.of(lateCheck));
    }

    public Stage compile(StageChain chain, StageEnd end) {
        StageCode.Generated whole = StageCode.generate(chain, end, functions, false);
        Optional<Constructor<?>> known = known(whole.source());
        if (known.isPresent()) {
            return new CompiledStage(chain, whole, known.get());
        }
        if (whole.source().length() < 4 * METHOD_BYTES_MAX * 8) {
            Optional<Constructor<?>> fitting = compile(whole.source(), methodBytesMax);
            if (fitting.isPresent()) {
                return new CompiledStage(chain, whole, fitting.get());
            }
        }
        StageCode.Generated split = StageCode.generate(chain, end, functions, true);
        return new CompiledStage(chain, split,
                known(split.source()).or(() -> compile(split.source(), Integer.MAX_VALUE)).orElseThrow());
    }

    private synchronized Optional<Constructor<?>> known(String source) {
        return Optional.ofNullable(compiled.get(source));
    }

    private synchronized void remember(String source, Constructor<?> constructor) {
        compiled.put(source, constructor);
    }

    /// Empty when a method is longer than `methodBytesMax`.
    private Optional<Constructor<?>> compile(String source, int methodBytesMax) {
        try {
            SimpleCompiler janino = new SimpleCompiler();
            janino.setParentClassLoader(classes);
            janino.setDebuggingInformation(true, true, false);
            janino.cook(source);
            if (longestMethod(janino.getBytecodes()) > methodBytesMax) {
                return Optional.empty();
            }
            Constructor<?> constructor = janino.getClassLoader().loadClass(StageLoop.GENERATED_NAME)
                    .getConstructor(StageSetup.class);
            remember(source, constructor);
            return Optional.of(constructor);
        } catch (InternalCompilerException tooLarge) {
            if (methodBytesMax < Integer.MAX_VALUE) {
                return Optional.empty(); // a method of more than 64 KB, most likely: splitting helps, or names the real reason
            }
            throw tooLarge;
        } catch (CompileException | ReflectiveOperationException failure) {
            throw new Defect("THW-9024",
                    "The code generated for a stage does not compile: %s. Please report the query.\n%s".formatted(
                            failure.getMessage(),
                            source),
                    failure);
        }
    }

    private static int longestMethod(Map<String, byte[]> classes) {
        int longest = 0;
        for (byte[] bytes : classes.values()) {
            for (var method : ClassFile.of().parse(bytes).methods()) {
                longest = Math.max(longest, method.code().map(code -> ((CodeAttribute) code).codeLength()).orElse(0));
            }
        }
        return longest;
    }

    private record CompiledStage(StageChain chain, StageCode.Generated generated, Constructor<?> constructor)
            implements
                Stage {
        @Override
        public RowType input() {
            return chain.input();
        }

        @Override
        public RowType output() {
            return chain.output();
        }

        @Override
        public String source() {
            return generated.source();
        }

        @Override
        public StageInstance open(BufferAllocator scratch) {
            StageLayout layout = generated.layout();
            StageSetup setup = new StageSetup(chain.input(), chain.output(), generated.source(), layout.copied(),
                    layout.dense(),
                    layout.multiplies(), layout.slices(), layout.alike(), List.copyOf(generated.nullable()),
                    generated.constants(), scratch);
            try {
                return (StageInstance) constructor.newInstance(setup);
            } catch (InvocationTargetException failure) {
                if (failure.getCause() instanceof RuntimeException own) {
                    throw own; // such as Arrow's, that the budget is used up
                }
                throw new Defect("THW-9025", "A compiled stage cannot be opened. Please report the query.", failure);
            } catch (ReflectiveOperationException failure) {
                throw new Defect("THW-9025", "A compiled stage cannot be opened. Please report the query.", failure);
            }
        }
    }
}

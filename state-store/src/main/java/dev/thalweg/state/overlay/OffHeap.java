package dev.thalweg.state.overlay;

import dev.thalweg.spi.error.Defect;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.state.MemoryCharge;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// Memory outside the heap for one owner, every byte charged.
///
/// It comes from the C library and not from an `Arena`, because arenas count against the JVM's limit for direct buffers,
/// zero what they hand out, and stop all threads when a shared one closes.
public final class OffHeap {
    private static final MethodHandle MALLOC = function("malloc",
            FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
    private static final MethodHandle CALLOC = function("calloc",
            FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
    private static final MethodHandle FREE = function("free", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));

    private final MemoryCharge charge;
    private long bytes;

    public OffHeap(MemoryCharge charge) {
        this.charge = charge;
    }

    public long allocate(long size) {
        take(size);
        try {
            return checked((MemorySegment) MALLOC.invokeExact(size), size);
        } catch (Throwable failure) {
            throw failed(failure, size);
        }
    }

    long allocateZeroed(long size) {
        take(size);
        try {
            return checked((MemorySegment) CALLOC.invokeExact(1L, size), size);
        } catch (Throwable failure) {
            throw failed(failure, size);
        }
    }

    public void free(long address, long size) {
        try {
            FREE.invokeExact(MemorySegment.ofAddress(address));
        } catch (Throwable failure) {
            throw new Defect("THW-9501", "free() of " + size + " bytes failed. Please send this message.", failure);
        }
        take(-size);
    }

    /// Accounts for bytes that are held in arrays on the heap.
    void take(long size) {
        charge.charge(size);
        bytes += size;
    }

    /// What is held now.
    public long bytes() {
        return bytes;
    }

    private long checked(MemorySegment segment, long size) {
        if (segment.address() == 0) {
            throw new Unavailable("THW-4501",
                    "The machine has no " + size + " bytes of memory left for state, of which "
                            + bytes + " are held by this table. Lower thalweg.state.residentBytesMax or free memory.");
        }
        return segment.address();
    }

    private RuntimeException failed(Throwable failure, long size) {
        take(-size);
        return failure instanceof RuntimeException known
                ? known
                : new Defect("THW-9501", "malloc() failed. Please send this message.", failure);
    }

    private static MethodHandle function(String name, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
    }
}
